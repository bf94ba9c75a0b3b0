using Crm.Workflows.Contracts;
using Crm.Workflows.Definition;
using Result = Crm.Workflows.People.Acted<Crm.Workflows.People.Approvals.Approval, Crm.Workflows.People.Approvals.ApprovalEvent>;

namespace Crm.Workflows.People.Approvals;

/// <summary>The life of an approval. Stages run one after another; a stage has seats; enough votes decide the stage.</summary>
internal static class ApprovalRules
{
    /// <summary>A new approval; its first event wants the seats of the first stage.</summary>
    public static Result Begin(Guid initiator, IReadOnlyList<ApprovalStage> stages, ApprovalTerms terms, DateTime now)
    {
        var approval = new Approval
        {
            Initiator = initiator,
            Stages = [.. stages.Select(s => new Stage { Key = s.Key, Mode = s.Mode, Threshold = s.Threshold })],
        };
        var sitting = new Sitting(approval, terms, now);
        sitting.OpenStage(0);
        return new(sitting.Approval, sitting.Events);
    }

    /// <summary>One act. Who may act for whom beyond the seats (administrators) is checked before.</summary>
    public static Result Act(Approval approval, ApprovalTerms terms, ApprovalDo act, DateTime now)
    {
        var sitting = new Sitting(approval, terms, now);
        return sitting.Take(act) is { } refused ? new(approval, [], refused) : new(sitting.Approval, sitting.Events);
    }
}
