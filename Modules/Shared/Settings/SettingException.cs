namespace Crm.Shared.Settings;

/// <summary>A setting of the program makes no sense: it does not start, and says which and what would.</summary>
public sealed class SettingException(string message) : Exception(message);
