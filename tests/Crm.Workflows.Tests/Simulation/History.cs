using System.Text.Json.Nodes;
using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Shared.Problems;
using Crm.Workflows.Contracts;
using Crm.Workflows.People.Approvals;
using Crm.Workflows.People.Tasks;
using Crm.Workflows.Tests.Runtime;
using MediatR;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Workflows.Tests.Simulation;

/// <summary>One course of events, made of choices: two hosts work, people act, the clock jumps, things fail at any transaction. Afterwards everything is let come to its end.</summary>
internal sealed class History(World world, Choices choices)
{
    private enum Act { Round, Work, UntilDue, Jump, JumpBack, Fail, Create, Change, Complete, Decide, Mend, Leave, Kill, Arm }

    private static readonly string[] Zones = ["Asia/Shanghai", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe"];
    private readonly Invariants invariants = new(world);
    private bool nested;

    /// <summary>What happened, for reading.</summary>
    public List<string> Told { get; } = [];

    public async Task PlayAsync()
    {
        await world.ClearAsync();
        world.Observer.Office.Zone = choices.Of(Zones);
        // From there the clocks change within the month, in one zone after the other.
        world.Time.Advance(TimeSpan.FromDays(choices.Below(35)));
        await ActAsync(Act.Create, 0);
        while (choices.Left)
        {
            await StepAsync();
            await invariants.CheckAsync();
        }
        await EndAsync();
        await invariants.CheckEndAsync();
    }

    /// <summary>One deal from its birth to the end, through tasks, an approval, time and calls outside, on one host; at one transaction something goes wrong.</summary>
    /// <returns>The host's transactions.</returns>
    public async Task<int> PlayOneDealAsync(Fault? fault, int at)
    {
        await world.ClearAsync();
        var (faults, before) = (world.FaultsOf(0), world.FaultsOf(0).Transactions);
        if (fault is { } one) faults.Arm(one, at);
        foreach (var act in (Act[])[Act.Create, Act.Work, Act.Complete, Act.Work, Act.Change, Act.Work, Act.Decide, Act.Work, Act.Decide, Act.Work, Act.Decide, Act.Work, Act.UntilDue, Act.Work, Act.UntilDue, Act.Work])
        {
            await ActAsync(act, 0);
            await invariants.CheckAsync();
        }
        var transactions = faults.Transactions - before;
        await EndAsync();
        await invariants.CheckEndAsync();
        return transactions;
    }

    private Task StepAsync()
    {
        // Mostly work and people's acts; what goes wrong is armed and strikes later.
        return ActAsync(choices.Of(
        [
            Act.Round, Act.Round, Act.Round, Act.Work, Act.UntilDue, Act.UntilDue, Act.Jump, Act.Jump, Act.JumpBack, Act.Fail, Act.Create, Act.Change, Act.Change, Act.Complete, Act.Complete,
            Act.Complete, Act.Decide, Act.Decide, Act.Decide, Act.Decide, Act.Mend, Act.Leave, Act.Kill, Act.Arm, Act.Arm, Act.Arm,
        ]), choices.Below(2));
    }

    private async Task ActAsync(Act act, int host)
    {
        switch (act)
        {
            case Act.Round: await TryAsync(host, $"host {host} takes a round", () => world.Host(host).RoundAsync()); break;
            case Act.Work: await TryAsync(host, $"host {host} works", () => world.Host(host).WorkAsync()); break;
            case Act.UntilDue: await UntilDueAsync(); break;
            case Act.Jump: Jump(choices.Of([10, 60, 300, 3600, 32400, 86400, 3 * 86400, 30 * 86400])); break;
            case Act.JumpBack: Jump(-choices.Of([60, 3600])); break;
            case Act.Fail: Fail(choices.Below(5)); break;
            case Act.Create: await CreateAsync(host); break;
            case Act.Change: await ChangeAsync(host); break;
            case Act.Complete: await CompleteAsync(host); break;
            case Act.Decide: await DecideAsync(host); break;
            case Act.Mend: await MendAsync(host); break;
            case Act.Leave: await LeaveAsync(host); break;
            case Act.Kill: await world.KillAsync(host); Tell($"host {host} is killed"); break;
            case Act.Arm: Arm(host); break;
        }
    }

    private void Arm(int host)
    {
        var (fault, after) = ((Fault)choices.Below(6), choices.Below(12));
        Tell($"transaction {after} of host {host} from now meets {fault}");
        world.FaultsOf(host).Arm(fault, after, () => InterludeAsync(1 - host));
    }

    /// <summary>Between two transactions of one host the other does something, or time passes: leases run out in the middle of work.</summary>
    private async Task InterludeAsync(int other)
    {
        if (nested) return;
        nested = true;
        Tell("  meanwhile:");
        if (choices.Coin()) Jump(choices.Of([40, 150, 3600]));
        await ActAsync(choices.Of([Act.Work, Act.Work, Act.Complete, Act.Decide, Act.Change, Act.Mend]), other);
        Tell("  then goes on");
        nested = false;
    }

    private void Jump(int seconds)
    {
        world.Time.Advance(TimeSpan.FromSeconds(seconds));
        Tell($"the clock jumps by {TimeSpan.FromSeconds(seconds)} to {world.Time.GetUtcNow():u}");
    }

    private async Task UntilDueAsync()
    {
        if ((await world.Observer.QueryAsync<DateTime?>("SELECT MIN(due_at) FROM shared_work WHERE due_at > @now", new { now = world.Time.GetUtcNow().UtcDateTime })) is not [{ } due]) return;
        world.Time.Set(new DateTimeOffset(due, TimeSpan.Zero) + TimeSpan.FromSeconds(1));
        Tell($"the clock goes to the next timer, {due:u}");
    }

    private void Fail(int how)
    {
        world.Observer.Acting.Fail = how switch { 0 => null, 1 => FailureClass.Transient, 2 => FailureClass.Data, 3 => FailureClass.Configuration, _ => null };
        Tell($"steps fail: {world.Observer.Acting.Fail?.ToString() ?? "no"}");
    }

    private async Task CreateAsync(int host)
    {
        var (by, discount) = (choices.Of(Crew.All), choices.Of([5, 30]));
        var parent = await world.Observer.QueryAsync<Guid>("SELECT id FROM t_deal WHERE parent_deal_id IS NULL ORDER BY id") is [var eldest, ..] ? eldest : (Guid?)null;
        await TryAsync(host, $"{Name(by)} creates a deal", () => world.Host(host).DealAsync("甲", by, ("amount", 50), ("discount", discount), ("parentDeal", parent)));
    }

    private async Task ChangeAsync(int host)
    {
        var deals = await world.Observer.QueryAsync<Guid>("SELECT id FROM t_deal ORDER BY id");
        if (deals.Count == 0) return;
        var (deal, by) = (choices.Of(deals), choices.Of(Crew.All));
        (string Field, object Value) change = choices.Below(6) switch
        {
            0 or 1 => ("stage", "quote"),
            2 => ("stage", "won"),
            3 => ("amount", 50 + choices.Below(100)),
            4 => ("discount", 1 + choices.Below(40)),
            _ => ("closes", new DateOnly(2026, 1, 1).AddDays(choices.Below(300)).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)),
        };
        await TryAsync(host, $"{Name(by)} sets {change.Field} to {change.Value}", () => world.Host(host).ChangeAsync(deal, change.Field, change.Value, by));
    }

    private async Task CompleteAsync(int host)
    {
        var open = await world.Observer.QueryAsync<TaskRow>($"SELECT {TaskRow.Columns} FROM workflows_task WHERE status = 0 ORDER BY id");
        if (open.Count == 0) return;
        var task = choices.Of(open);
        var outcome = task.StepAt!.StartsWith("t#", StringComparison.Ordinal) && task.SopKey == Procedures.Work ? choices.Of(["yes", "no"]) : "done";
        await TryAsync(host, $"{Name(task.AssigneeId)} completes {task.SopKey} {task.StepAt} with {outcome}", () => CompleteAsync(host, task, outcome));
    }

    private Task CompleteAsync(int host, TaskRow task, string outcome) =>
        world.Host(host).DoAsync(Crew.ActorOf(task.AssigneeId), s => s.GetRequiredService<TaskActs>().CompleteAsync(task.Id, new(outcome, [], []), default));

    private async Task DecideAsync(int host)
    {
        var rows = await world.Observer.QueryAsync<ApprovalRow>($"SELECT {ApprovalRow.Columns} FROM workflows_approval WHERE status < 2 ORDER BY id");
        if (rows.Count == 0) return;
        var row = choices.Of(rows);
        var approval = row.Approval();
        var seats = approval.OpenSeats.Select(s => s.Approver).ToList();
        // Mostly someone who may, sometimes anybody; the initiator where it lies with them.
        var by = approval.Status == ApprovalStatus.WithInitiator || choices.Below(8) == 7 ? approval.Initiator : seats.Count > 0 && choices.Below(6) < 5 ? choices.Of(seats) : choices.Of(Crew.All);
        var act = approval.Status == ApprovalStatus.WithInitiator && choices.Below(4) < 3 ? "resubmit"
            : choices.Of(["approve", "approve", "approve", "approve", "reject", "return", "return", "transfer", "delegate", "addSigner", "takeBack", "withdraw", "urge", "removeSigner"]);
        var seat = approval.Stages.SelectMany(s => s.Seats).Select(s => (int?)s.Id).ToList();
        var body = new ActBody(act == "removeSigner" && seat.Count > 0 ? choices.Of(seat) : null, "因为", choices.Of(Crew.All), act == "return" ? choices.Of(["initiator", "previous", "superior"]) : null, choices.Coin(), null);
        await TryAsync(host, $"{Name(by)} does {act} {(body.Stage is null ? "" : "to " + body.Stage)}", () => world.Host(host).DoAsync(Crew.ActorOf(by), s => s.GetRequiredService<ApprovalActs>().DoAsync(row.Id, act, body, default)));
    }

    private async Task MendAsync(int host)
    {
        var runs = await world.Observer.QueryAsync<Guid>("SELECT id FROM workflows_run WHERE status < 3 ORDER BY status DESC, id");
        if (runs.Count == 0) return;
        var (run, how) = (choices.Of(runs), choices.Of(["retry", "skip", "retry", "cancel"]));
        await TryAsync(host, $"the administrator does {how} with run {runs.ToList().IndexOf(run)}", () => world.Host(host).MendAsync(run, how));
    }

    /// <summary>Someone is away from now on, or comes back; open work is moved in the transaction of it.</summary>
    private async Task LeaveAsync(int host)
    {
        var (who, instead) = (choices.Of(Crew.All), choices.Of(Crew.All));
        var absences = world.Observer.Crew.Absences;
        var before = absences.Find(a => a.UserId == who);
        var now = world.Time.GetUtcNow().UtcDateTime;
        var after = before is null ? new Absence(who, now, now.AddDays(20), who == instead ? null : instead) : null;
        await TryAsync(host, before is null ? $"{Name(who)} is away, {Name(instead)} stands in" : $"{Name(who)} is back", () => world.Host(host).DoAsync(Crew.ActorOf(Crew.Admin), s => s.GetRequiredService<Session>().InTransactionAsync(async () =>
        {
            absences.RemoveAll(a => a.UserId == who);
            if (after is not null) absences.Add(after);
            await s.GetRequiredService<IMediator>().Publish(new AbsenceChanged(who, before, after));
        }, default)));
    }

    private async Task TryAsync(int host, string what, Func<Task> act)
    {
        var came = "";
        try { await act(); }
        catch (Problem refused) { came = $": {refused.Code}"; }
        catch (Exception e) when (e is HostDied or SqliteException or TransactionLost || e is InvalidOperationException && world.FaultsOf(host).Dead) { came = $": {e.Message}"; }
        Tell(what + came);
        if (await world.HealAsync(host)) Tell($"host {host} died and is replaced");
    }

    private void Tell(string what) => Told.Add(nested ? "    " + what : what);

    /// <summary>Nothing goes wrong any more and everybody does their part.</summary>
    private async Task EndAsync()
    {
        Tell("from here on all goes well");
        world.Observer.Acting.Fail = null;
        world.Observer.Crew.Absences.Clear();
        for (var n = 0; n < 2; n++) world.FaultsOf(n).Disarm();
        for (var round = 0; round < 80; round++)
        {
            for (var n = 0; n < 2; n++) await world.Host(n).WorkAsync();
            // A clock that went back has made what was due wait a little.
            if (round > 0) world.Time.Advance(TimeSpan.FromHours(1));
            for (var n = 0; n < 2; n++) await world.Host(n).WorkAsync();
            if (round > 0 && (await world.Observer.QueryAsync<Guid>("SELECT id FROM workflows_run WHERE status < 3 LIMIT 1")).Count == 0) return;
            // What nobody can decide, for the one who asks is the only one left, is given up after a while.
            foreach (var run in await world.Observer.QueryAsync<Guid>("SELECT DISTINCT run_id FROM workflows_incident WHERE closed_at IS NULL"))
                await TryAsync(0, "mended", () => world.Host(0).MendAsync(run, round < 20 ? "retry" : "cancel"));
            foreach (var task in await world.Observer.QueryAsync<TaskRow>($"SELECT {TaskRow.Columns} FROM workflows_task WHERE status = 0"))
                await TryAsync(0, "completed", () => CompleteAsync(0, task, task.SopKey == Procedures.Work && task.StepAt!.StartsWith("t#", StringComparison.Ordinal) ? "yes" : "done"));
            foreach (var row in await world.Observer.QueryAsync<ApprovalRow>($"SELECT {ApprovalRow.Columns} FROM workflows_approval WHERE status < 2"))
            {
                var approval = row.Approval();
                var (by, act) = approval.Status == ApprovalStatus.WithInitiator ? (approval.Initiator, "resubmit") : (approval.OpenSeats.FirstOrDefault()?.Approver ?? Crew.Admin, "approve");
                await TryAsync(0, $"{Name(by)} does {act}", () => world.Host(0).DoAsync(Crew.ActorOf(by), s => s.GetRequiredService<ApprovalActs>().DoAsync(row.Id, act, ActBody.Empty, default)));
            }
            for (var n = 0; n < 2; n++) await world.Host(n).WorkAsync();
            await UntilDueAsync();
        }
    }

    private static string Name(Guid person) => person == Crew.Boss ? "Boss" : person == Crew.Lead ? "Lead" : person == Crew.Rep ? "Rep" : person == Crew.Other ? "Other" : "Admin";
}
