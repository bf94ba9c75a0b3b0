using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Workflows.Contracts;
using MediatR;

namespace Crm.Workflows.People.Approvals;

internal sealed class EndApprovalsHandler(Session session, ApprovalKeeper keeper, CurrentActor current) : IRequestHandler<EndApprovals, MediatR.Unit>
{
    public async Task<MediatR.Unit> Handle(EndApprovals request, CancellationToken cancellationToken)
    {
        foreach (var approval in await session.QueryAsync<Guid>("SELECT id FROM workflows_approval WHERE record_id = @Record AND status IN (0, 1)", new { request.Record }, cancellationToken))
            await keeper.VoidAsync(approval, request.Why, current.Value.UserId, cancellationToken);
        return MediatR.Unit.Value;
    }
}
