namespace Crm.Shared.Messaging;

/// <summary>Something the program does from the console and then ends: <c>dotnet run --project Host -- import leads FILE.csv</c>. Runs as the system in a scope of its own; nothing else works meanwhile, so it does the work it causes itself. Scoped.</summary>
public interface IConsoleCommand
{
    /// <summary>The first word.</summary>
    string Name { get; }
    /// <summary>One line that says how it is called.</summary>
    string Usage { get; }
    /// <param name="words">What follows the name up to the first option.</param>
    /// <param name="options">The rest, as it stands: <c>--dry-run</c>. Settings such as <c>--Crm:DataFolder=x</c> are among them.</param>
    /// <returns>The program's exit code.</returns>
    Task<int> RunAsync(IReadOnlyList<string> words, IReadOnlyList<string> options, CancellationToken ct);
}
