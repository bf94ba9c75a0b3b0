namespace Crm.Shared.Records;

/// <summary>A name shown to people, in both languages.</summary>
public sealed record Label(string Zh, string En)
{
    public string In(string locale) => locale.StartsWith("en", StringComparison.OrdinalIgnoreCase) ? En : Zh;
}
