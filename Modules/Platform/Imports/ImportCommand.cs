using System.Globalization;
using System.Text.Json;
using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Shared.Messaging;
using Crm.Shared.Problems;
using Crm.Shared.Work;
using MediatR;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Platform.Imports;

/// <summary>The import of the page, from the console.</summary>
internal sealed class ImportCommand(IServiceScopeFactory scopes, WorkRunner runner, ImportFiles files, IDirectory people, IActors actors, Ids ids, TimeProvider time) : IConsoleCommand
{
    private static readonly string[] Switches = ["--sops", "--dry-run"], Named = ["--map", "--value", "--mapping", "--duplicates", "--as"];

    public string Name => "import";
    public string Usage => "import TYPE FILE.csv [--map column=field ...] [--value field=text ...] [--mapping FILE.json] [--duplicates skip|update|create] [--sops] [--as email] [--dry-run]";

    public async Task<int> RunAsync(IReadOnlyList<string> words, IReadOnlyList<string> options, CancellationToken ct)
    {
        if (words.Count != 2)
        {
            await Console.Error.WriteLineAsync(Usage);
            return 2;
        }
        var given = Options(options);
        var actor = await ActorAsync(given["--as"].LastOrDefault(), ct);
        var import = await PrepareAsync(words[0], words[1], given, actor, ct);
        import = await SendAsync(new StartImport(import.Id, given.Contains("--dry-run")), actor, ct);
        import = await WorkAsync(import, actor, ct);
        await SayAsync(import, words[1], actor, ct);
        return import.State == ImportState.Failed || import.Total > 0 && import.Created + import.Updated + import.Skipped == 0 ? 1 : 0;
    }

    private async Task<ImportView> PrepareAsync(string type, string path, ILookup<string, string> given, Actor actor, CancellationToken ct)
    {
        var id = ids.Next();
        await using (var stream = File.OpenRead(Existing("file", path))) await files.SaveAsync(id, stream, ct);
        var import = await SendAsync(new CreateImport(id, type, Path.GetFileName(path)), actor, ct);
        var mapping = given["--mapping"].LastOrDefault() is { } file ? Mapping(await File.ReadAllTextAsync(Existing("--mapping", file), ct)) : new ImportMapping { Mapping = import.Mapping, Values = import.Values };
        var columns = mapping.Mapping.ToDictionary();
        foreach (var pair in given["--map"].Select(Pair)) columns[pair.Name] = pair.Value.Length == 0 ? null : (columns.GetValueOrDefault(pair.Name) ?? new(pair.Value)) with { Field = pair.Value };
        var values = mapping.Values.ToDictionary();
        foreach (var pair in given["--value"].Select(Pair)) values[pair.Name] = pair.Value;
        var duplicates = given["--duplicates"].LastOrDefault() is { } mode
            ? Enum.TryParse<DuplicateMode>(mode, true, out var known) ? known : throw Problem.Invalid("--duplicates", "field.option", mode)
            : mapping.Duplicates;
        return await SendAsync(new MapImport(id, new() { Mapping = columns, Values = values, Duplicates = duplicates, StartSops = mapping.StartSops || given.Contains("--sops") }), actor, ct);
    }

    /// <summary>Does the work itself, together with a host that may be running beside it.</summary>
    private async Task<ImportView> WorkAsync(ImportView import, Actor actor, CancellationToken ct)
    {
        var started = time.GetTimestamp();
        var said = -1L;
        while (import.State is ImportState.Running or ImportState.Checking)
        {
            if (await runner.RunInsideAsync(ct) == 0) await Task.Delay(TimeSpan.FromMilliseconds(100), time, ct);
            import = await SendAsync(new GetImport(import.Id), actor, ct);
            var seconds = (long)time.GetElapsedTime(started).TotalSeconds;
            if (seconds <= said) continue;
            said = seconds;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{import.Done}/{import.Total}  {seconds}s"));
        }
        return import;
    }

    private async Task SayAsync(ImportView import, string from, Actor actor, CancellationToken ct)
    {
        Console.WriteLine($"{import.File}: {import.Total} = {import.Created} created + {import.Updated} updated + {import.Skipped} skipped + {import.Failed} failed");
        if (import.Failure is not null) await Console.Error.WriteLineAsync(import.Failure);
        if (import.Failed == 0) return;
        var path = Path.ChangeExtension(Path.GetFullPath(from), ".errors.csv");
        await using var scope = Scope(actor);
        await using var file = File.Create(path);
        await scope.ServiceProvider.GetRequiredService<ErrorDownload>().WriteAsync((await scope.ServiceProvider.GetRequiredService<ImportStore>().FindAsync(import.Id, ct))!, 0, file, ct);
        Console.WriteLine(path);
    }

    private async Task<Actor> ActorAsync(string? email, CancellationToken ct)
    {
        if (email is null) return Actor.System;
        var person = (await people.ReadAsync(ct)).People.FirstOrDefault(p => p.Email.Equals(email, StringComparison.OrdinalIgnoreCase));
        return person is null ? throw Problem.Invalid("--as", "import.notFound", email) : await actors.ForUserAsync(person.Id, ct) ?? throw Problem.Invalid("--as", "import.noActor");
    }

    /// <summary>Each step in a scope of its own, as requests have.</summary>
    private async Task<T> SendAsync<T>(IRequest<T> request, Actor actor, CancellationToken ct)
    {
        await using var scope = Scope(actor);
        return await scope.ServiceProvider.GetRequiredService<IMediator>().Send(request, ct);
    }

    private AsyncServiceScope Scope(Actor actor)
    {
        var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentActor>().Set(actor);
        return scope;
    }

    private static ImportMapping Mapping(string json)
    {
        try
        {
            return ImportMapping.Parse(json);
        }
        catch (JsonException why)
        {
            throw Problem.Invalid("--mapping", "import.mappingFile", why.Path ?? "$", (why.LineNumber ?? 0) + 1);
        }
    }

    private static string Existing(string option, string path) => File.Exists(path) ? path : throw Problem.Invalid(option, "import.noFile", path);

    private static ILookup<string, string> Options(IReadOnlyList<string> options)
    {
        var pairs = new List<(string Name, string Value)>();
        for (var i = 0; i < options.Count; i++)
            if (Switches.Contains(options[i])) pairs.Add((options[i], ""));
            else
            {
                var option = options[i].Split('=', 2);
                // The host's own settings, --urls and --Crm:DataFolder, may stand here too; what nobody knows was meant to do something.
                if (!Named.Contains(option[0]) && !option[0].Contains(':') && option[0] is not ("--urls" or "--environment")) throw Problem.Invalid(option[0], "import.option", string.Join(" ", Switches.Concat(Named)));
                if (option.Length == 2) pairs.Add((option[0], option[1]));
                // --map a=b c=d: an option holds for all words up to the next one.
                else while (i + 1 < options.Count && !options[i + 1].StartsWith("--", StringComparison.Ordinal)) pairs.Add((option[0], options[++i]));
            }
        return pairs.ToLookup(p => p.Name, p => p.Value);
    }

    private static (string Name, string Value) Pair(string text)
    {
        var at = text.LastIndexOf('=');
        return at > 0 ? (text[..at].Trim(), text[(at + 1)..].Trim()) : throw Problem.Invalid("--map", "import.pair", text);
    }
}
