using Crm.Marketing.Contracts;
using Crm.Shared.Data;
using Crm.Shared.Problems;
using Crm.Shared.Records;
using MediatR;

namespace Crm.Marketing.Segments;

internal sealed class PutInSegmentHandler(Session session, Members members, IRecords records) : IRequestHandler<PutInSegment, bool>
{
    public async Task<bool> Handle(PutInSegment request, CancellationToken cancellationToken)
    {
        var segment = await SegmentBook.FindAsync(session, request.Segment, cancellationToken) ?? throw Problem.NotFound(SegmentType.Key, request.Segment);
        if (segment.Filter is not null) throw Problem.Conflict("segment.byFilter", segment.Code);
        if (segment.Target != request.RecordType) throw Problem.Conflict("segment.otherType", segment.Code, segment.Target);
        if (await records.FindAsync(request.RecordType, request.Record, cancellationToken) is not { Deleted: false } record) throw Problem.NotFound(request.RecordType, request.Record);
        return request.In ? await members.EnterAsync(segment, record, cancellationToken) : await members.LeaveAsync(segment, record, cancellationToken);
    }
}
