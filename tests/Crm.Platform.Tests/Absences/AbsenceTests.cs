using Crm.Platform.Absences;
using Crm.Shared.Access;
using Crm.Shared.Problems;
using FsCheck;
using FsCheck.Fluent;
using MediatR;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Platform.Tests.Absences;

public sealed class AbsenceTests
{
    private readonly List<AbsenceChanged> told = [];
    private Company company = null!;

    [SetUp]
    public async Task Start()
    {
        told.Clear();
        company = await Company.StartAsync(services => services.AddSingleton<INotificationHandler<AbsenceChanged>>(new Listener(told)));
    }

    [TearDown]
    public async Task Stop() => await company.DisposeAsync();

    private DateTime Now => company.Time.GetUtcNow().UtcDateTime;

    [Test]
    public async Task Work_goes_to_the_substitute_while_somebody_is_away()
    {
        await DeclareAsync(company.Rep, 1, 3, company.EastHead);
        var view = await company.DirectoryAsync();
        view.Present(company.Rep, Now)!.Id.ShouldBe(company.Rep);
        view.Present(company.Rep, Now.AddDays(2))!.Id.ShouldBe(company.EastHead);
        view.Present(company.Rep, Now.AddDays(3))!.Id.ShouldBe(company.Rep);
        told.ShouldHaveSingleItem().After!.SubstituteId.ShouldBe(company.EastHead);
    }

    [Test]
    public async Task Two_absences_of_one_person_do_not_overlap_but_may_touch()
    {
        await DeclareAsync(company.Rep, 1, 3, null);
        (await Should.ThrowAsync<Problem>(() => DeclareAsync(company.Rep, 2, 5, null))).Code.ShouldBe("absence.overlaps");
        (await Should.ThrowAsync<Problem>(() => DeclareAsync(company.Rep, 0, 9, null))).Code.ShouldBe("absence.overlaps");
        await DeclareAsync(company.Rep, 3, 4, null);
        await DeclareAsync(company.WestRep, 1, 3, null);
    }

    [Test]
    public async Task Two_declared_at_the_same_moment_do_not_both_stand()
    {
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 6).Select(async _ =>
        {
            try
            {
                await DeclareAsync(company.Rep, 1, 3, null);
                return true;
            }
            catch (Problem)
            {
                return false;
            }
        }));
        outcomes.Count(stood => stood).ShouldBe(1);
    }

    [Test]
    public async Task What_is_wrong_is_said()
    {
        (await Should.ThrowAsync<Problem>(() => DeclareAsync(company.Rep, 3, 2, null))).Errors.ShouldContain(e => e.Code == "absence.order");
        (await Should.ThrowAsync<Problem>(() => DeclareAsync(company.Rep, -3, -2, null))).Errors[0].Code.ShouldBe("absence.past");
        (await Should.ThrowAsync<Problem>(() => DeclareAsync(company.Rep, 1, 2, company.Rep))).Errors[0].Code.ShouldBe("absence.self");
        (await Should.ThrowAsync<Problem>(() => DeclareAsync(company.Rep, 1, 2, Guid.CreateVersion7()))).Errors[0].Field.ShouldBe("substitute");
    }

    [Test]
    public async Task Others_absences_are_for_those_who_manage_them()
    {
        (await Should.ThrowAsync<Problem>(() => company.SendAsync(new DeclareAbsence(company.WestRep, Now, Now.AddDays(1), null, null), company.Rep))).Code.ShouldBe("forbidden");
        var made = await company.SendAsync(new DeclareAbsence(company.WestRep, Now, Now.AddDays(1), null, "病假"), company.Admin);
        (await Should.ThrowAsync<Problem>(() => company.SendAsync(new EndAbsence(made.Id), company.Rep))).Code.ShouldBe("notFound");
        (await company.SendAsync(new ListAbsences(null, false, null, 50), company.Rep)).Items.ShouldBeEmpty();
        (await company.SendAsync(new ListAbsences(null, false, null, 50), company.Admin)).Items.ShouldHaveSingleItem().User.Name.ShouldBe("赵销售");
    }

    [Test]
    public async Task Coming_back_early_ends_it_now_and_one_to_come_is_taken_back()
    {
        var running = await DeclareAsync(company.Rep, 0, 5, company.EastHead);
        company.Time.Advance(TimeSpan.FromDays(1));
        await company.SendAsync(new EndAbsence(running.Id), company.Rep);
        (await company.DirectoryAsync()).Present(company.Rep, Now)!.Id.ShouldBe(company.Rep);
        told.Last().After!.ToUtc.ShouldBe(Now);
        (await Should.ThrowAsync<Problem>(() => company.SendAsync(new EndAbsence(running.Id), company.Rep))).Code.ShouldBe("absence.over");

        var coming = await DeclareAsync(company.Rep, 2, 3, null);
        await company.SendAsync(new EndAbsence(coming.Id), company.Rep);
        told.Last().After.ShouldBeNull();
        (await company.SendAsync(new ListAbsences(null, true, null, 50), company.Rep)).Items.ShouldHaveSingleItem().Id.ShouldBe(running.Id);
    }

    /// <summary>Whoever stands in is present and active, and at most five steps away, whatever circles people have declared.</summary>
    [Test]
    public void Chains_of_substitutes_end_with_somebody_present_or_nobody()
    {
        var ids = Enumerable.Range(1, 9).Select(i => new Guid(i, 0, 0, new byte[8])).ToArray();
        var at = new DateTime(2026, 3, 2, 0, 0, 0, DateTimeKind.Utc);
        // For each person: -2 left the company, -1 present, 0 away without substitute, else away with that substitute.
        var worlds = Gen.Choose(-2, ids.Length).ArrayOf(ids.Length);
        Prop.ForAll(worlds.ToArbitrary(), world =>
        {
            var people = ids.Select((id, i) => new Person(id, $"P{i}", "", Guid.Empty, [], null, world[i] != -2, "zh"));
            var absences = ids.Select((id, i) => (id, world[i])).Where(p => p.Item2 >= 0)
                .Select(p => new Absence(p.id, at.AddDays(-1), at.AddDays(1), p.Item2 == 0 ? null : ids[p.Item2 - 1]));
            var view = new DirectoryView(people, [], absences);
            for (var i = 0; i < ids.Length; i++)
            {
                var found = view.Present(ids[i], at);
                var expected = Walk(world, i);
                if (found?.Id != (expected is { } e ? ids[e] : null)) return false;
                if (found is not null && (!found.Active || view.AbsenceAt(found.Id, at) is not null)) return false;
            }
            return true;
        }).QuickCheckThrowOnFailure();

        static int? Walk(int[] world, int start)
        {
            var at = start;
            for (var steps = 0; steps <= 5; steps++)
            {
                if (world[at] == -2) return null;
                if (world[at] == -1) return at;
                if (world[at] == 0) return null;
                at = world[at] - 1;
            }
            return null;
        }
    }

    private Task<AbsenceInfo> DeclareAsync(Guid user, int from, int to, Guid? substitute) =>
        company.SendAsync(new DeclareAbsence(null, Now.AddDays(from), Now.AddDays(to), substitute, null), user);

    private sealed class Listener(List<AbsenceChanged> told) : INotificationHandler<AbsenceChanged>
    {
        public Task Handle(AbsenceChanged notification, CancellationToken cancellationToken)
        {
            told.Add(notification);
            return Task.CompletedTask;
        }
    }
}
