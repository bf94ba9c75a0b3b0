using Crm.Shared.Data;
using Crm.Shared.Records;
using MediatR;

namespace Crm.Sales.Opportunities;

/// <summary>Writes down every step from stage to stage and how long the one before lasted.</summary>
internal sealed class StageHistory(Session session) : INotificationHandler<RecordChanged>
{
    public async Task Handle(RecordChanged notification, CancellationToken cancellationToken)
    {
        var (change, deal) = (notification.Change, notification.Change.After);
        if (deal.Type.Key != OpportunityType.Key || !change.Changed("stage")) return;
        await session.ExecuteAsync("""
            INSERT INTO sales_stage_history (id, opportunity_id, from_stage, to_stage, at, by_id, seconds_before)
            VALUES (@id, @opportunity, @from, @to, @at, @by, @seconds)
            """,
            new
            {
                id = notification.EventId,
                opportunity = deal.Id,
                from = change.Before?.Text("stage"),
                to = deal.Text("stage"),
                at = notification.At,
                by = change.Actor.UserId,
                seconds = change.Before?["stageChangedAt"] is DateTime since ? (long?)(notification.At - since).TotalSeconds : null,
            }, cancellationToken);
    }
}
