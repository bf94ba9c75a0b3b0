using Crm.Shared.Records;

namespace Crm.Workflows.People;

/// <summary>What is at stake with a record: of two things due at once people do the larger first.</summary>
internal static class Stake
{
    private static readonly string[] Telling = ["total", "amount", "budget"];

    public static decimal? Of(Record record) =>
        Telling.Where(key => record.Type.Find(key) is { Type: FieldType.Money }).Select(key => record[key] as decimal?).FirstOrDefault(value => value is not null);
}
