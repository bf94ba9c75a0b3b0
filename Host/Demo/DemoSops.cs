using System.Text.Json.Nodes;
using Crm.Shared.Data;
using Crm.Shared.Problems;
using Crm.Shared.Records;
using Crm.Workflows.Contracts;

namespace Crm.Host.Demo;

/// <summary>The company introduces its SOPs, and its people work off most of what these give them.</summary>
internal sealed class DemoSops(DemoData data, DemoOffice office, DemoNames names, Random random, DemoYear year)
{
    public Task IntroduceAsync(CancellationToken ct)
    {
        for (var day = 0; day < 30; day++)
            foreach (var (hour, minute) in new[] { (10, 40), (14, 20), (17, 10) })
                PlanRound(TimeZoneInfo.ConvertTimeFromUtc(office.Clock.Now, office.Zone).Date.AddDays(day).AddHours(hour).AddMinutes(minute));
        return office.TogetherAsync([new Deed(office.Clock.Now, office.People["ops"], (services, _) => PublishAsync(services, ct))], sops: true, ct);
    }

    private static Task PublishAsync(IServiceProvider services, CancellationToken ct)
    {
        var shipped = services.GetRequiredService<IShippedSops>();
        return shipped.PublishAsync(shipped.Keys, ct);
    }

    private void PlanRound(DateTime local)
    {
        if (local.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday) return;
        var at = TimeZoneInfo.ConvertTimeToUtc(DateTime.SpecifyKind(local, DateTimeKind.Unspecified), office.Zone);
        foreach (var person in data.People.Where(p => p.Roles.Any(r => r is "rep" or "salesManager" or "salesDirector")))
            year.At(at.AddMinutes(random.Next(20)), office.People[person.Email], (services, _) => WorkOffAsync(services));
    }

    private async Task WorkOffAsync(IServiceProvider services)
    {
        var desk = services.GetRequiredService<IDesk>();
        // Some work stays lying for a while, as it does; most of the last days' is still there for whoever signs in now.
        var done = year.End - office.Clock.Now < TimeSpan.FromDays(4) ? 15 : 55;
        foreach (var item in (await desk.OpenAsync(default)).Where(_ => random.Next(100) < done).ToList())
        {
            if (item.IsApproval) await DecideAsync(desk, item);
            else await CompleteAsync(services.GetRequiredService<Session>(), desk, item);
        }
    }

    private Task DecideAsync(IDesk desk, DeskItem item) => random.Next(100) switch
    {
        < 82 => desk.DecideAsync(item.Id, "approve", "同意，注意回款节点。", default),
        < 93 => desk.DecideAsync(item.Id, "reject", "折扣过高，请与客户再谈。", default),
        _ => desk.DecideAsync(item.Id, "return", "请补充竞品报价依据。", default),
    };

    private async Task CompleteAsync(Session session, IDesk desk, DeskItem item)
    {
        var (outcome, answers) = item.SopKey switch
        {
            "lead-assignment" => Contact(),
            "follow-up" => ("inTouch", new JsonObject { ["notes"] = names.Of(data.Calls) }),
            "first-contact" => Interview(),
            _ => ("done", new JsonObject()),
        };
        try { await session.SavepointAsync(async () => { await desk.CompleteAsync(item.Id, outcome, answers, outcome == "understood" ? ["pain", "next"] : [], default); return true; }, default); }
        catch (Problem refused) when (refused.Status is 400 or 409)
        {
            // It asks for more than we know here, and stays open.
        }
    }

    private (string, JsonObject) Interview() => random.Next(100) < 70
        ? ("understood", new JsonObject { ["needs"] = names.Of(data.Needs), ["amount"] = random.Next(5, 80) * 10_000, ["closeDate"] = year.Later(office.Clock.Now, 20 + random.Next(60)).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), ["deciders"] = "总经理拍板，信息部评估" })
        : ("notReached", new JsonObject { ["nextFollowUpAt"] = Soon() });

    private string Soon() => year.Later(office.Clock.Now, 1 + random.Next(3)).ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture);

    private (string, JsonObject) Contact() => random.Next(100) switch
    {
        < 45 => ("interested", new JsonObject { ["need"] = names.Of(data.Needs), ["budget"] = random.Next(5, 80) * 10_000, ["timing"] = names.Of(["now", "quarter", "halfYear"]) }),
        < 75 => ("notReached", new JsonObject { ["nextTryAt"] = Soon() }),
        _ => ("invalid", new JsonObject { ["invalidReason"] = names.Of(["noNeed", "wrongContact", "noBudget"]) }),
    };
}
