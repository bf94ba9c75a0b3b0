using Crm.Leads.Capture;
using Crm.Shared.Records;

namespace Crm.Leads;

internal sealed class LeadTypes : IRecordTypes
{
    public IEnumerable<RecordType> Types => [LeadType.Type, FormType.Type];
}
