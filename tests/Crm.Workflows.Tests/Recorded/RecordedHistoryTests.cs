using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Crm.Workflows.Tests.Recorded;

/// <summary>Histories as they were decided once: a published version must decide today as it decided then. How to record another one: README.md beside this.</summary>
internal sealed class RecordedHistoryTests
{
    private const string Record = "CRM_RECORD_HISTORIES";
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static IEnumerable<TestCaseData> Files => Directory.GetFiles(Folder, "*.json").Order().Select(f => new TestCaseData(f).SetArgDisplayNames(Path.GetFileNameWithoutExtension(f)));

    [TestCaseSource(nameof(Files))]
    public async Task It_decides_as_it_decided_then(string file)
    {
        var history = JsonNode.Parse(await File.ReadAllTextAsync(file))!.AsObject();
        var recorded = 0;
        foreach (var (given, decides) in Replay.Of(history))
        {
            var decided = JsonNode.Parse(decides().ToJsonString())!;
            if (given["decided"] is { } then) JsonNode.DeepEquals(then, decided).ShouldBeTrue($"{given["now"]} {(given["stimulus"] ?? given["do"])!.ToJsonString()}\nthen: {then.ToJsonString(Readable)}\nnow: {decided.ToJsonString(Readable)}");
            else
            {
                Environment.GetEnvironmentVariable(Record).ShouldBe("1", $"Nothing is recorded yet: {Record}=1 dotnet test tests/Crm.Workflows.Tests --filter RecordedHistoryTests");
                given["decided"] = decided;
                recorded++;
            }
        }
        if (recorded > 0) await File.WriteAllTextAsync(file, history.ToJsonString(Readable).ReplaceLineEndings("\n") + "\n");
    }

    private static string Folder
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (!File.Exists(Path.Combine(folder!.FullName, "Crm.sln"))) folder = folder.Parent;
            return Path.Combine(folder.FullName, "tests", "Crm.Workflows.Tests", "Recorded", "Histories");
        }
    }
}
