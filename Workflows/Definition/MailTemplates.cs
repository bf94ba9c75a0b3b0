namespace Crm.Workflows.Definition;

/// <summary>The record type whose records are mail templates: fields <c>code</c>, <c>subject</c>, <c>body</c>. A module declares it.</summary>
internal static class MailTemplates
{
    public const string Type = "mailTemplate", Code = "code";
}
