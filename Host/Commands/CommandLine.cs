using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Shared.Messaging;
using Crm.Shared.Problems;

namespace Crm.Host.Commands;

/// <summary>What the program was started for: serving, or one command (<c>import leads FILE.csv</c>) after which it ends.</summary>
internal sealed record CommandLine(string? Name, string[] Arguments, string[] Options)
{
    /// <summary>Words before the first option belong to the command; a path such as <c>/tmp/leads.csv</c> would else be taken for a setting.</summary>
    public static CommandLine Parse(string[] args)
    {
        var words = args.TakeWhile(a => !a.StartsWith("--", StringComparison.Ordinal)).ToArray();
        return new(words.FirstOrDefault(), [.. words.Skip(1)], args[words.Length..]);
    }

    public async Task<int> RunAsync(IServiceProvider services)
    {
        await using var scope = services.CreateAsyncScope();
        var known = scope.ServiceProvider.GetServices<IConsoleCommand>().ToArray();
        if (known.FirstOrDefault(c => c.Name == Name) is not { } command)
        {
            await Console.Error.WriteLineAsync($"'{Name}'? {string.Join(" | ", known.Select(c => c.Usage))}");
            return 2;
        }
        using var stop = new CancellationTokenSource();
        Console.CancelKeyPress += (_, e) =>
        {
            e.Cancel = true;
            stop.Cancel();
        };
        await scope.ServiceProvider.GetRequiredService<Freshness>().EnsureAsync(stop.Token);
        scope.ServiceProvider.GetRequiredService<CurrentActor>().Set(Actor.System);
        var texts = scope.ServiceProvider.GetRequiredService<Texts>();
        var locale = Environment.GetEnvironmentVariable("LC_ALL") ?? Environment.GetEnvironmentVariable("LANG");
        var language = locale?.StartsWith("en", StringComparison.OrdinalIgnoreCase) == true ? "en" : "zh";
        try
        {
            return await command.RunAsync(Arguments, Options, stop.Token);
        }
        catch (Problem problem)
        {
            await Console.Error.WriteLineAsync(texts.Get(language, problem.Code, problem.Args));
            foreach (var error in problem.Errors) await Console.Error.WriteLineAsync($"  {error.Field}: {texts.Get(language, error.Code, error.Args)}");
            return 1;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return 130;
        }
    }
}
