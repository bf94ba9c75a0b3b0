namespace Crm.Sales.Tests.Quotes;

/// <summary>A quote over the rep's authority, decided by the rep's superior in a published SOP, over the real API and engine.</summary>
public sealed class QuoteApprovalTests
{
    private const string Sop = """
        {
          "key": "quote-test",
          "name": { "zh": "报价审批", "en": "Quote approval" },
          "record": "quote",
          "triggers": [{ "kind": "stageEntered", "inputs": { "field": "status", "to": "pending" }, "reentry": "onceAtATime" }],
          "steps": [
            {
              "id": "approval", "kind": "approval",
              "inputs": {
                "title": { "zh": "报价 {{number}}", "en": "Quote {{number}}" },
                "stages": [{ "key": "superior", "label": { "zh": "上级", "en": "Superior" }, "approvers": { "by": "superior" }, "mode": "any" }],
                "fields": ["lines", "discount"]
              }
            },
            {
              "id": "result", "kind": "branch", "inputs": { "match": "first" },
              "paths": [
                { "id": "yes", "when": { "field": "steps.approval.outcome", "op": "eq", "value": "approved" }, "steps": [{ "id": "approve", "kind": "sales.quoteStatus", "inputs": { "decision": "approved" } }] },
                { "id": "no", "when": { "field": "steps.approval.outcome", "op": "eq", "value": "rejected" }, "steps": [{ "id": "reject", "kind": "sales.quoteStatus", "inputs": { "decision": "rejected" } }] }
              ]
            }
          ]
        }
        """;

    private Company company = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        company = await Company.StartAsync();
        var unit = (await company.Crm.Admin.GetJson($"users/{company.Rep.UserId}")).GetProperty("unit").GetProperty("id").GetGuid();
        await company.Crm.Admin.PatchJson($"units/{unit}", new { manager = company.Manager.UserId });
        await company.Crm.Admin.PutJson("sops/quote-test", Sop);
        await company.Crm.Admin.PostJson("sops/quote-test/publish", new { note = "test" });
    }

    [OneTimeTearDown]
    public async Task Stop() => await company.DisposeAsync();

    [TestCase("approve", "approved")]
    [TestCase("reject", "rejected")]
    public async Task The_superior_s_decision_reaches_the_quote(string act, string status)
    {
        var quote = await company.SubmittedAsync(15);
        await company.Crm.RunDueAsync();
        var approval = await ApprovalAsync(quote);
        await company.Manager.PostJson($"approvals/{approval}/{act}", new { comment = "看过了" });
        await company.Crm.RunDueAsync();
        (await company.StatusAsync(quote)).ShouldBe(status);
    }

    [Test]
    public async Task What_is_being_approved_cannot_be_changed_meanwhile()
    {
        var quote = await company.SubmittedAsync(15);
        await company.Crm.RunDueAsync();
        await ApprovalAsync(quote);
        var answer = await company.Rep.SendAsync(HttpMethod.Patch, $"quotes/{quote}", new { discount = 1 });
        ((int)answer.Status).ShouldBe(409, answer.Text);
        (await company.StatusAsync(quote)).ShouldBe("pending");
    }

    // This SOP binds lines and discount only; the quote is bound to all it promises.
    [Test]
    public async Task What_no_approval_holds_voids_it_when_it_changes_and_the_old_decision_counts_for_nothing()
    {
        var quote = await company.SubmittedAsync(15);
        await company.Crm.RunDueAsync();
        var approval = await ApprovalAsync(quote);
        var other = await company.Rep.CreateAsync("customers", new { name = "别家制造" });
        (await company.Rep.PatchJson($"quotes/{quote}", new { customer = other })).GetProperty("status").GetString().ShouldBe("draft");
        (await company.Manager.SendAsync(HttpMethod.Post, $"approvals/{approval}/approve", new { })).Is(409);
        await company.Crm.RunDueAsync();
        await company.Rep.PostJson($"quotes/{quote}/submit");
        await company.Crm.RunDueAsync();
        (await ApprovalAsync(quote)).ShouldNotBe(approval);
        (await company.StatusAsync(quote)).ShouldBe("pending");
    }

    [Test]
    public async Task What_the_rep_may_give_alone_asks_nobody()
    {
        var quote = await company.SubmittedAsync(10);
        await company.Crm.RunDueAsync();
        (await company.Manager.GetJson($"approvals?record={quote}&state=all")).GetProperty("items").GetArrayLength().ShouldBe(0);
    }

    private async Task<Guid> ApprovalAsync(Guid quote) =>
        (await company.Manager.GetJson($"approvals?mine=true&state=open&record={quote}")).GetProperty("items")[0].GetProperty("id").GetGuid();
}
