namespace Crm.Shared.Records;

/// <summary>A name shown to people, in both languages.</summary>
public sealed record Label(string Zh, string En)
{
    /// <summary>With the one language in the place of the other where only one was given.</summary>
    public Label Whole() => new(string.IsNullOrWhiteSpace(Zh) ? En : Zh, string.IsNullOrWhiteSpace(En) ? Zh : En);

    public string In(string locale) => locale.StartsWith("en", StringComparison.OrdinalIgnoreCase) ? En : Zh;
}
