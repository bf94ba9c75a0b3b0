using System.Text.Json;
using Crm.Shared.Access;
using Crm.Workflows.Contracts;
using Crm.Workflows.Definition;
using Crm.Workflows.People.Finding;

namespace Crm.Workflows.Tests.People;

/// <summary>Head office 10 (director 1); east branch 11 (manager 2) with reps 3, 4 in team 12; south branch 13 (manager 5) with rep 6.</summary>
internal sealed class PeopleFinderTests
{
    private static Guid U(int n) => Sit.User(n);

    private static Person P(int id, int unit, string role, bool active = true) => new(U(id), $"p{id}", "", U(unit), [role], null, active, "zh");

    private static DirectoryView Company(params Absence[] absences) => new(
        [P(1, 10, "salesDirector"), P(2, 11, "salesManager"), P(3, 12, "rep"), P(4, 12, "rep"), P(5, 13, "salesManager"), P(6, 13, "rep"), P(7, 13, "rep", active: false)],
        [
            new(U(10), "HQ", null, U(1), [U(10)], null), new(U(11), "East", U(10), U(2), [U(10), U(11)], "east"),
            new(U(12), "Team", U(11), null, [U(10), U(11), U(12)], null), new(U(13), "South", U(10), U(5), [U(10), U(13)], "south"),
        ],
        absences);

    private sealed class TestFacts : IPeopleFacts
    {
        public Guid? Owner { get; init; } = U(3);
        public Guid? Initiator { get; init; } = U(6);
        public string? Region { get; init; } = "east";
        public IReadOnlyList<Guid> Chosen { get; init; } = [];
        public Dictionary<Guid, int> Work { get; init; } = [];
        public Guid? Last { get; init; }
        public ValueTask<IReadOnlyList<Guid>> UsersAtAsync(string path, CancellationToken ct) => new([U(4)]);
        public ValueTask<IReadOnlyDictionary<Guid, int>> OpenWorkAsync(IReadOnlyCollection<Guid> users, CancellationToken ct) => new(Work);
        public ValueTask<Guid?> LastTurnAsync(string turnKey, CancellationToken ct) => new(Last);
    }

    private static async Task<string> Find(string rule, TestFacts? facts = null, params Absence[] absences)
    {
        var finder = new PeopleFinder(Company(absences), facts ?? new TestFacts(), Sit.T0);
        var found = await finder.FindAsync(JsonSerializer.Deserialize<PeopleRule>(rule, SopJson.Options)!, "turn", default);
        return string.Join(" ", found.Select(f => Array.FindIndex(Enumerable.Range(0, 20).Select(U).ToArray(), u => u == f.User) + (f.Via is null ? "" : "*")));
    }

    private static Absence Away(int who, int? substitute) => new(U(who), Sit.T0.AddDays(-1), Sit.T0.AddDays(1), substitute is { } s ? U(s) : null);

    [TestCase("""{"by":"owner"}""", "3")]
    [TestCase("""{"by":"initiator"}""", "6")]
    [TestCase("""{"by":"role","role":"rep"}""", "3 4 6")]
    [TestCase("""{"by":"role","role":"rep","within":"unit"}""", "3 4")]
    [TestCase("""{"by":"role","role":"salesManager","within":"unitAndAbove"}""", "2")]
    [TestCase("""{"by":"role","role":"rep","within":"region"}""", "3 4")]
    [TestCase("""{"by":"superior"}""", "2")]
    [TestCase("""{"by":"superior","level":2}""", "1")]
    [TestCase("""{"by":"superior","level":3}""", "")]
    [TestCase("""{"by":"superior","level":3,"else":{"by":"role","role":"salesDirector"}}""", "1")]
    [TestCase("""{"by":"superior","of":{"by":"initiator"}}""", "5")]
    [TestCase("""{"by":"chain","level":5}""", "2 1")]
    [TestCase("""{"by":"chain","role":"salesManager"}""", "2")]
    [TestCase("""{"by":"departmentHead","of":{"by":"initiator"}}""", "5")]
    [TestCase("""{"by":"field","path":"backup"}""", "4")]
    [TestCase("""{"by":"everyone","among":[{"by":"owner"},{"by":"superior"},{"by":"owner"}]}""", "3 2")]
    public async Task Each_rule_finds_its_people(string rule, string people) => (await Find(rule)).ShouldBe(people);

    [Test]
    public async Task The_initiators_choice_stays_within_what_is_offered() =>
        (await Find("""{"by":"initiatorsChoice","among":[{"by":"role","role":"salesManager"}]}""", new() { Chosen = [U(5), U(3)] })).ShouldBe("5");

    [TestCase(null, "3")]
    [TestCase(3, "4")]
    [TestCase(6, "3")]
    public async Task Turns_go_round(int? last, string next) =>
        (await Find("""{"by":"roundRobin","among":[{"by":"role","role":"rep"}]}""", new() { Last = last is { } l ? U(l) : null })).ShouldBe(next);

    [Test]
    public async Task The_least_loaded_who_is_here_gets_the_work()
    {
        const string rule = """{"by":"leastLoad","among":[{"by":"role","role":"rep"}]}""";
        var facts = new TestFacts { Work = new() { [U(3)] = 5, [U(4)] = 1, [U(6)] = 2 } };
        (await Find(rule, facts)).ShouldBe("4");
        (await Find(rule, facts, Away(4, 3))).ShouldBe("6");
    }

    [Test]
    public async Task A_substitute_stands_in_and_says_for_whom() => (await Find("""{"by":"owner"}""", null, Away(3, 4))).ShouldBe("4*");

    [Test]
    public async Task Substitutes_in_a_circle_leave_the_work_where_it_was() => (await Find("""{"by":"owner"}""", null, Away(3, 4), Away(4, 3))).ShouldBe("3");

    [Test]
    public async Task Someone_who_has_left_is_not_found() => (await Find("""{"by":"owner"}""", new() { Owner = U(7) })).ShouldBe("");
}
