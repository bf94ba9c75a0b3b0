namespace Crm.Workflows.Tests.Simulation;

/// <summary>The SOPs of the simulated company: every control step, people's steps with all that time does to them, steps inside and outside, failing ones, SOPs that call others.</summary>
internal static class Procedures
{
    public const string Work = "work", Approve = "approve", Outer = "outer", Inner = "inner", Loop = "loop";

    /// <summary>Key, triggers, steps; a called SOP comes before its callers.</summary>
    public static IReadOnlyList<(string Key, string Triggers, string Steps)> All { get; } =
    [
        (Work, """[{"kind":"created"}]""", """
            [{"id":"e1","kind":"sim.effect"},
             {"id":"p","kind":"parallel","paths":[
                {"id":"p1","steps":[
                    {"id":"t","kind":"task","inputs":{"assignee":{"by":"owner"},"title":"T","due":{"in":{"business":"PT4H"}},"reminders":[{"business":"PT1H"}],
                        "escalations":[{"after":{"business":"PT0M"},"do":"notify"},{"after":{"business":"P1D"},"do":"superior"},{"after":{"business":"P2D"},"do":"complete","outcome":"no"}],
                        "outcomes":[{"key":"yes","label":{"zh":"是","en":"Yes"}},{"key":"no","label":{"zh":"否","en":"No"}}]}},
                    {"id":"e2","kind":"sim.effect"}]},
                {"id":"p2","steps":[{"id":"rest","kind":"wait","inputs":{"until":{"in":{"plain":"P1D"}}}},{"id":"e3","kind":"sim.effect"},{"id":"f1","kind":"test.fail","inputs":{"stage":"new"}}]},
                {"id":"p3","steps":[
                    {"id":"w","kind":"waitFor","inputs":{"events":[{"id":"won","on":{"kind":"stageEntered","inputs":{"to":"won"}}},{"id":"paid","on":{"kind":"updated","inputs":{"fields":["amount"]}}}],
                        "within":{"in":{"business":"P2D"}}},"timedOut":[{"id":"e4","kind":"sim.effect"}]}]}]},
             {"id":"b","kind":"branch","inputs":{"match":"first"},"paths":[{"id":"b1","when":{"field":"steps.t.outcome","op":"eq","value":"yes"},"steps":[{"id":"o1","kind":"sim.outside"}]}],"else":[{"id":"e5","kind":"sim.effect"}]},
             {"id":"any","kind":"parallel","inputs":{"join":"any"},"paths":[
                {"id":"a1","steps":[{"id":"t2","kind":"task","inputs":{"assignee":{"by":"superior"},"title":"T2"}}]},
                {"id":"a2","steps":[{"id":"rest2","kind":"wait","inputs":{"until":{"in":{"business":"P1D"}}}}]}]},
             {"id":"e9","kind":"sim.effect"}]
            """),
        (Approve, """[{"kind":"stageEntered","inputs":{"to":"quote"}}]""", """
            [{"id":"ask","kind":"approval","inputs":{"title":"A","fields":["amount","discount"],"initiatorIsApprover":"superior","returnToInitiator":"wait","afterReturn":"straightBack",
                "stages":[{"key":"superior","approvers":{"by":"superior"},"due":{"in":{"business":"PT4H"}},"remind":1,"remindEvery":{"business":"PT4H"},"whenLate":"escalate"},
                          {"key":"both","when":{"field":"discount","op":"gt","value":20},"mode":"all","approvers":{"by":"users","users":["BOSS","LEAD"]},"due":{"in":{"plain":"P3D"}},"remind":1,"remindEvery":{"plain":"P1D"},"whenLate":"reject"},
                          {"key":"vote","mode":"vote","threshold":60,"approvers":{"by":"users","users":["BOSS","LEAD","OTHER"]},"due":{"in":{"business":"P2D"}}}]}},
             {"id":"b","kind":"branch","inputs":{"match":"first"},"paths":[{"id":"yes","when":{"field":"steps.ask.outcome","op":"eq","value":"approved"},"steps":[{"id":"e1","kind":"sim.effect"},{"id":"o1","kind":"sim.outside"}]}],"else":[{"id":"e2","kind":"sim.effect"}]}]
            """),
        (Inner, """[{"kind":"button","inputs":{"label":{"zh":"跑","en":"Run"}}}]""", """[{"id":"rest","kind":"wait","inputs":{"until":{"in":{"plain":"PT1H"}}}},{"id":"e1","kind":"sim.effect"},{"id":"f1","kind":"test.fail","inputs":{"stage":"won"}}]"""),
        (Outer, """[{"kind":"updated","inputs":{"fields":["closes"]}}]""", """[{"id":"c1","kind":"call","inputs":{"sop":"inner"}},{"id":"e1","kind":"sim.effect"},{"id":"c2","kind":"call","inputs":{"sop":"inner","wait":false}},{"id":"e2","kind":"sim.effect"}]"""),
        (Loop, """[{"kind":"updated","inputs":{"fields":["discount"]}}]""", """
            [{"id":"r","kind":"repeat","inputs":{"until":{"field":"amount","op":"gt","value":100},"max":3},"steps":[
                {"id":"t","kind":"task","inputs":{"assignee":{"by":"role","role":"rep"},"title":"T","due":{"in":{"plain":"P1D"}},"escalations":[{"after":{"plain":"PT0M"},"do":"complete"}]}},{"id":"e1","kind":"sim.effect"}]},
             {"id":"each","kind":"forEach","inputs":{"type":"deal","via":"parentDeal","max":3},"steps":[{"id":"e2","kind":"sim.effect"},{"id":"rest","kind":"wait","inputs":{"until":{"in":{"plain":"PT1H"}}}}]},
             {"id":"all","kind":"forEach","inputs":{"type":"deal","via":"parentDeal","max":3,"together":true},"steps":[{"id":"o1","kind":"sim.outside"},{"id":"e3","kind":"sim.effect"}]}]
            """),
    ];
}
