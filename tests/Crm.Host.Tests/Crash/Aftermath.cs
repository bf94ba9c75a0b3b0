using System.Security.Cryptography;
using System.Text;
using Crm.Testing;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Crm.Host.Tests.Crash;

/// <summary>What the tables must show, and the servers outside, however often the host died.</summary>
internal sealed class Aftermath(SqliteConnection db, Outside outside, Load load)
{
    private const string Mailed = "SELECT mail_key AS Key, recipient AS Recipient, state AS State FROM platform_mail";

    /// <summary>Nothing is due or leased; timers further ahead may wait.</summary>
    public static async Task<bool> IsQuietAsync(HostProcess host)
    {
        await using var db = new SqliteConnection($"Data Source={host.Database};Mode=ReadOnly");
        return await db.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM shared_work WHERE kind IN ('workflows.turn', 'workflows.outside', 'mail', 'import.chunk') AND due_at <= strftime('%Y-%m-%d %H:%M:%f', 'now', '+150 seconds')") == 0;
    }

    public async Task CheckAsync()
    {
        await ChangesAsync();
        await DealsAsync();
        await ImportsAsync();
        await StartsAsync();
        await EffectsAsync();
        await PeopleAsync();
        await MailsAsync();
        await CallsAsync();
        (await Futures.LackingAsync(db)).ShouldBeEmpty("every run waits for something that exists, or is over, or is an incident");
        await NoneAsync("work was given up", "shared_work WHERE due_at IS NULL");
        (await db.ExecuteScalarAsync<string>("PRAGMA integrity_check")).ShouldBe("ok");
        TestContext.Out.WriteLine($"{load.Leads} leads, {load.Pool.Claims.Count} claims, {load.Pool.Conversions.Count} conversions, {load.Imports.Done.Count} imports, {await CountAsync("sales_quote")} quotes, {await CountAsync("workflows_run")} runs, {await CountAsync("workflows_history")} steps told, {outside.Mail.Mails.Count} mails");
    }

    private async Task ChangesAsync()
    {
        (await CountAsync("leads_lead")).ShouldBe(load.Leads, "each lead that was taken stands once");
        (await db.ExecuteScalarAsync<long>("SELECT COUNT(DISTINCT external_id) FROM leads_lead")).ShouldBe(load.Leads);
        (await db.ExecuteScalarAsync<long>("SELECT COUNT(DISTINCT number) FROM leads_lead")).ShouldBe(load.Leads, "no number was given twice");
        await NoneAsync("a record was born twice", "(SELECT record_id FROM shared_change WHERE kind = 'created' GROUP BY record_id HAVING COUNT(*) > 1)");
        await NoneAsync("a lead has no birth in the audit", "leads_lead WHERE id NOT IN (SELECT record_id FROM shared_change WHERE kind = 'created')");
    }

    private async Task DealsAsync()
    {
        load.Pool.Claims.ShouldNotBeEmpty();
        load.Pool.Claims.Values.ShouldAllBe(told => told.Length == 1, "of two who claim a lead, one is told that it is his");
        load.Pool.Conversions.Values.ShouldAllBe(told => told.Length == 1, "of two who convert a lead, one is told what came of it");
        foreach (var (lead, told) in load.Pool.Claims)
        {
            (await db.ExecuteScalarAsync<string>("SELECT lower(hex(owner_id)) FROM leads_lead WHERE id = @id", new { id = Convert.FromHexString(Hex(lead)) })).ShouldBe(Hex(told[0]));
            (await CountAsync($"shared_change WHERE record_id = X'{Hex(lead)}' AND kind = 'claimed' AND actor_id = X'{Hex(told[0])}'")).ShouldBe(1, "a lead is claimed once");
        }
        await NoneAsync("a lead was claimed twice", "(SELECT record_id FROM shared_change WHERE kind = 'claimed' GROUP BY record_id HAVING COUNT(*) > 1)");
        foreach (var (lead, told) in load.Pool.Conversions)
            (await CountAsync($"leads_lead WHERE id = X'{Hex(lead)}' AND status = 'converted' AND customer_id = X'{Hex(told[0].Customer)}' AND contact_id = X'{Hex(told[0].Contact)}' AND opportunity_id = X'{Hex(told[0].Opportunity)}'")).ShouldBe(1, "what was told of a conversion stands");
        var converted = await CountAsync("leads_lead WHERE status = 'converted'");
        converted.ShouldBe(load.Pool.Conversions.Count);
        // The one customer besides was there before.
        (await CountAsync("sales_customer")).ShouldBe(converted + load.Imports.Good("customer") + 1, "each converted lead has one customer");
        (await CountAsync("sales_contact")).ShouldBe(converted, "each converted lead has one contact");
        (await CountAsync("sales_opportunity")).ShouldBe(converted, "each converted lead has one opportunity");
        await NoneAsync("an opportunity is not its lead's", "sales_opportunity o WHERE NOT EXISTS (SELECT 1 FROM leads_lead l WHERE l.id = o.lead_id AND l.opportunity_id = o.id AND l.customer_id = o.customer_id)");
    }

    private async Task ImportsAsync()
    {
        load.Imports.Done.ShouldNotBeEmpty();
        (await CountAsync("platform_import")).ShouldBe(load.Imports.Done.Count, "a file that was sent again is one import");
        foreach (var (id, sent) in load.Imports.Done)
        {
            (await db.QuerySingleAsync<(string, long, long)>($"SELECT state, created, failed FROM platform_import WHERE id = X'{Hex(id)}'")).ShouldBe(("done", sent.Good, sent.Wrong));
            var table = sent.Type == "lead" ? "leads_lead" : "sales_customer";
            (await db.QuerySingleAsync<(long, long)>($"SELECT COUNT(*), COUNT(DISTINCT external_id) FROM {table} WHERE external_id LIKE '{sent.Name}-%'")).ShouldBe((sent.Good, sent.Good), "each good row landed once");
            (await CountAsync($"platform_import_error WHERE import_id = X'{Hex(id)}' AND cells LIKE '%\"x\"%'")).ShouldBe(sent.Wrong, "each bad row is in the error file once");
        }
    }

    private static string FromThePool(string then, string otherwise) => $"CASE WHEN l.external_id LIKE 'p%' THEN {then} ELSE {otherwise} END";

    private static string Hex(string id) => id.Replace("-", "", StringComparison.Ordinal);

    private async Task StartsAsync()
    {
        foreach (var (sop, owed) in new[] { ("round", "1"), ("lead-assignment", FromThePool("0", "1")) })
            await NoneAsync($"a lead did not start {sop} as often as it should", $"leads_lead l WHERE (SELECT COUNT(*) FROM workflows_run r WHERE r.record_id = l.id AND r.sop_key = '{sop}') <> {owed}");
        await NoneAsync("a submitted quote did not start its approval exactly once",
            "sales_quote q WHERE q.submitted_at IS NOT NULL AND (SELECT COUNT(*) FROM workflows_run r WHERE r.record_id = q.id AND r.sop_key = 'quote-approval') <> 1");
        await NoneAsync("an approval began without a submission", "workflows_run r WHERE r.sop_key = 'quote-approval' AND r.record_id NOT IN (SELECT record_id FROM shared_change WHERE changes LIKE '%\"pending\"]%')");
    }

    private async Task EffectsAsync()
    {
        await NoneAsync("a round is not over", "workflows_run WHERE sop_key = 'round' AND status <> 3");
        await NoneAsync("a step counted more or less than once", "leads_lead WHERE score <> 2");
        await NoneAsync("a step ended twice", "(SELECT run_id FROM workflows_history WHERE kind = 3 GROUP BY run_id, step, visit HAVING COUNT(*) > 1)");
        await NoneAsync("a history has gaps or lacks entries", """
            workflows_run r JOIN (SELECT run_id, COUNT(*) AS n, MAX(seq) AS last FROM workflows_history GROUP BY run_id) h ON h.run_id = r.id WHERE h.n <> r.entries OR h.last <> r.entries
            """);
        await NoneAsync("a run began twice", "(SELECT run_id FROM workflows_history WHERE kind = 0 GROUP BY run_id HAVING COUNT(*) > 1)");
        await NoneAsync("a run needs a person", "workflows_incident WHERE closed_at IS NULL AND kind IN (0, 3, 4)");
    }

    private async Task PeopleAsync()
    {
        await NoneAsync("a lead's owner got no task", "leads_lead WHERE external_id NOT LIKE 'p%' AND id NOT IN (SELECT record_id FROM workflows_task)");
        await NoneAsync("a task was completed more or less than once", "workflows_task t WHERE t.status = 1 AND (SELECT COUNT(*) FROM workflows_act a WHERE a.subject_id = t.id AND a.act = 'complete') <> 1");
        await NoneAsync("a completed task did not move its run once", """
            workflows_task t WHERE t.status = 1 AND (SELECT COUNT(*) FROM workflows_history h WHERE h.run_id = t.run_id AND h.kind = 3 AND h.step || '#' || h.visit = t.step_at) <> 1
            """);
        await NoneAsync("an approval has more than one decision", "(SELECT subject_id FROM workflows_act WHERE act IN ('approve', 'reject', 'return') GROUP BY subject_id HAVING COUNT(*) > 1)");
        await NoneAsync("a decision did not reach its quote", """
            workflows_approval a JOIN sales_quote q ON q.id = a.record_id WHERE q.status <> CASE a.status WHEN 0 THEN 'pending' WHEN 2 THEN 'approved' WHEN 3 THEN 'rejected' ELSE 'draft' END
            """);
    }

    private async Task MailsAsync()
    {
        await NoneAsync("a round's mail was not written exactly once", "leads_lead l WHERE (SELECT COUNT(*) FROM platform_mail m WHERE m.recipient = l.email) <> 1");
        var arrived = outside.Mail.Mails.Select(m => (m.To, Id: m.Header("Message-ID")!)).Distinct().ToHashSet();
        var mails = (await db.QueryAsync<Mail>(Mailed)).ToList();
        mails.Where(m => m.State != 1).ShouldBeEmpty("every mail is sent");
        // At least once, and however often: under the one key that its row has.
        Same(arrived, mails.Select(m => (m.Recipient, MessageId(m.Key))), "a mail");
    }

    private async Task CallsAsync()
    {
        var runs = await db.QueryAsync<(string Name, string Id)>("SELECT record_name, lower(hex(id)) FROM workflows_run WHERE sop_key = 'round'");
        Same(outside.System.Calls.Keys, runs.Select(r => ("/" + r.Name, $"{r.Id}/call/1")), "a call");
    }

    private static void Same<T>(IEnumerable<T> came, IEnumerable<T> owed, string what)
    {
        owed.Except(came).ShouldBeEmpty($"{what} never came");
        came.Except(owed).ShouldBeEmpty($"{what} came under a key that it does not have");
    }

    private async Task NoneAsync(string wrong, string from) => (await CountAsync(from)).ShouldBe(0, wrong);

    private Task<long> CountAsync(string from) => db.ExecuteScalarAsync<long>($"SELECT COUNT(*) FROM {from}");

    private static string MessageId(string key) => $"<{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)))[..40]}@example.com>";

    private sealed class Mail
    {
        public string Key { get; init; } = "";
        public string Recipient { get; init; } = "";
        public int State { get; init; }
    }
}
