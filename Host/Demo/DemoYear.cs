using Crm.Shared.Records;

namespace Crm.Host.Demo;

/// <summary>Plans twelve months of leads, customers, opportunities and quotes, and lives them in order.</summary>
internal sealed class DemoYear(DemoData data, DemoOffice office, DemoNames names, Random random, DateTime endUtc)
{
    private const int Leads = 1500;
    private const int Converted = 220;
    private const int Direct = 80;
    private const int MoreOpportunities = 180;
    /// <summary>SOPs were introduced this many days ago.</summary>
    private const int SopDays = 12;

    public bool Sops { get; private set; }
    public DateTime End => endUtc;

    private readonly PriorityQueue<Deed, (DateTime, int)> plan = new();
    private readonly List<(Guid Customer, Guid Owner)> customers = [];
    private int planned;

    public async Task RunAsync(Func<Task> introduceSops, CancellationToken ct)
    {
        PlanLeads();
        PlanDirectCustomers();
        new DemoService(office, this).Plan();
        var introduced = endUtc.AddDays(-SopDays);
        while (plan.Count > 0 && plan.Peek().At < introduced) await office.TogetherAsync(NextDay(introduced), sops: false, ct);
        office.Clock.MoveTo(introduced);
        await introduceSops();
        Sops = true;
        PlanWaitingQuotes();
        // From here on what people do wakes SOPs, and what SOPs do is done before the next thing happens.
        while (plan.Count > 0)
        {
            var deed = plan.Dequeue();
            office.Clock.MoveTo(deed.At);
            await office.WorkAsync(ct);
            await office.TogetherAsync([deed], sops: true, ct);
            await office.WorkAsync(ct);
        }
        office.Clock.MoveTo(endUtc);
        await office.WorkAsync(ct);
    }

    public void At(DateTime at, Guid? by, Func<IServiceProvider, IRecords, Task> act)
    {
        if (at < endUtc) plan.Enqueue(new(at, by, act), (at, planned++));
    }

    /// <summary>A working hour that many days after.</summary>
    public DateTime Later(DateTime utc, double days)
    {
        var local = TimeZoneInfo.ConvertTimeFromUtc(utc.AddDays(days), office.Zone);
        if (local.DayOfWeek is DayOfWeek.Saturday) local = local.AddDays(2);
        if (local.DayOfWeek is DayOfWeek.Sunday) local = local.AddDays(1);
        if (local.Hour is < 9 or >= 18) local = local.Date.AddHours(9 + random.Next(9)).AddMinutes(random.Next(60));
        var later = TimeZoneInfo.ConvertTimeToUtc(DateTime.SpecifyKind(local, DateTimeKind.Unspecified), office.Zone);
        return later > utc ? later : utc.AddMinutes(5);
    }

    private IEnumerable<Deed> NextDay(DateTime until)
    {
        var day = plan.Peek().At.Date;
        while (plan.Count > 0 && plan.Peek().At < until && plan.Peek().At.Date == day) yield return plan.Dequeue();
    }

    private void PlanLeads()
    {
        var convertible = Enumerable.Range(0, Leads).OrderBy(_ => random.Next()).Take((int)(Converted * 1.06)).ToHashSet();
        for (var i = 0; i < Leads; i++)
        {
            // More leads come in the later months: the company grows.
            var daysAgo = 365 * (1 - Math.Sqrt((i + random.NextDouble()) / Leads));
            var at = Later(endUtc.AddDays(-daysAgo - 0.2), 0);
            if (at >= endUtc) at = endUtc.AddHours(-random.Next(1, 30));
            new DemoLead(data, office, names, random, this).Plan(at, convertible.Contains(i) && daysAgo > SopDays, bySop: daysAgo <= SopDays);
        }
    }

    private void PlanDirectCustomers()
    {
        for (var i = 0; i < Direct; i++)
        {
            var region = names.Of(data.Cities.Keys.ToArray());
            var owner = names.Of(office.Reps[region].ToArray());
            At(Later(endUtc.AddDays(-365), 3 + random.Next(120)), owner, async (_, records) => customers.Add((await DemoLead.CustomerAsync(records, names, data, region), owner)));
        }
        for (var i = 0; i < MoreOpportunities; i++)
        {
            var start = Later(endUtc.AddDays(-230), random.Next(225));
            At(start, office.People["ops"], (_, _) =>
            {
                var (customer, owner) = names.Of(customers);
                new DemoDeal(data, office, names, random, this).Plan(Later(start, 0.1), owner, customer, null);
                return Task.CompletedTask;
            });
        }
    }

    /// <summary>Whoever signs in first as a manager finds something to decide: one rep of each branch has submitted it after everybody's last round.</summary>
    private void PlanWaitingQuotes()
    {
        var local = TimeZoneInfo.ConvertTimeFromUtc(endUtc.AddMinutes(-12), office.Zone);
        if (local.Hour < 9) local = local.Date.AddMinutes(-1);
        while (local.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday) local = local.Date.AddMinutes(-1);
        if (local.Hour >= 18) local = local.Date.AddHours(17).AddMinutes(40);
        var at = TimeZoneInfo.ConvertTimeToUtc(DateTime.SpecifyKind(local, DateTimeKind.Unspecified), office.Zone);
        foreach (var branch in office.Reps)
            foreach (var (customer, owner) in customers.Where(c => branch.Contains(c.Owner)).OrderByDescending(c => c.Owner == branch.First()).Take(1))
                new DemoDeal(data, office, names, random, this).PlanWaiting(at, owner, customer);
    }

    public Guid CustomerAt(int number) => customers[number % customers.Count].Customer;

    public void Known(Guid customer, Guid owner) => customers.Add((customer, owner));
}
