using Crm.Shared.Problems;

namespace Crm.Platform.SignIn;

/// <summary>What makes a password good enough: long, mixed, not the person's own name, not one of those everybody tries.</summary>
internal static class PasswordRules
{
    public const int Shortest = 8;
    public const int Longest = 128;

    private static readonly string[] Common =
    [
        "password", "passw0rd", "p@ssword", "p@ssw0rd", "12345678", "123456789", "1234567890", "87654321", "11111111", "88888888", "66666666",
        "qwerty123", "qwertyuiop", "1q2w3e4r", "1qaz2wsx", "abc12345", "abcd1234", "a1234567", "a12345678", "aa123456", "admin123", "admin888",
        "woaini1314", "woaini520", "iloveyou1", "welcome1", "changeme1", "letmein1", "test1234", "password1", "password123", "zxcvbnm1", "qq123456", "asd123456",
    ];

    /// <summary>Why the password will not do, or null.</summary>
    public static FieldError? Check(string? password, string name, string email)
    {
        const string field = "password";
        if (string.IsNullOrEmpty(password)) return new(field, "field.required");
        if (password.Length is < Shortest or > Longest) return new(field, "password.length", Shortest, Longest);
        if (Kinds(password) < 2) return new(field, "password.kinds");
        if (Common.Contains(password.ToLowerInvariant()) || password.Distinct().Count() < 4) return new(field, "password.common");
        return Contains(password, email.Split('@')[0]) || Contains(password, name) ? new(field, "password.personal") : null;
    }

    private static bool Contains(string password, string part) => part.Length >= 4 && password.Contains(part, StringComparison.OrdinalIgnoreCase);

    private static int Kinds(string password) =>
        (password.Any(char.IsLetter) ? 1 : 0) + (password.Any(char.IsDigit) ? 1 : 0) + (password.Any(c => !char.IsLetterOrDigit(c)) ? 1 : 0);
}
