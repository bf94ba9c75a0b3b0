using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text;
using Crm.Testing;

namespace Crm.Host.Tests.Crash;

/// <summary>Files that are brought in one after the other: many customers, in several chunks, and a few leads, for each of which the SOPs start. Every fifth row is wrong.</summary>
internal sealed class Imports(HostClient admin)
{
    /// <summary>By the import's id.</summary>
    public ConcurrentDictionary<string, Sent> Done { get; } = [];

    public int Good(string type) => Done.Values.Where(s => s.Type == type).Sum(s => s.Good);

    public async Task RunAsync(CancellationToken stop)
    {
        for (var n = 0; !stop.IsCancellationRequested; n++)
        {
            await ImportAsync($"f{n}c", "customer", 1200, "employees");
            await ImportAsync($"f{n}l", "lead", 25, "budget");
        }
    }

    private async Task ImportAsync(string name, string type, int rows, string number)
    {
        var id = (await admin.InsistAsync(HttpMethod.Post, "imports", () => File(name, type, rows), CancellationToken.None, name))!.Value.GetProperty("id").GetString()!;
        var mapping = new Dictionary<string, object> { ["a"] = new { field = "name" }, ["b"] = new { field = "externalId" }, ["c"] = new { field = "email" }, ["d"] = new { field = number } };
        await admin.InsistAsync(HttpMethod.Patch, $"imports/{id}", new { mapping, duplicates = "create", startSops = true }, CancellationToken.None);
        (await admin.InsistAsync(HttpMethod.Post, $"imports/{id}/start", null, CancellationToken.None, $"start-{name}")).ShouldNotBeNull("a draft can be started");
        await HostProcess.UntilAsync(async () => (await admin.InsistAsync(HttpMethod.Get, $"imports/{id}", null, CancellationToken.None))!.Value.GetProperty("state").GetString() is not "running", "an import to end");
        Done[id] = new(name, type, rows);
    }

    private static MultipartFormDataContent File(string name, string type, int rows)
    {
        var csv = new StringBuilder("a,b,c,d\n");
        for (var row = 0; row < rows; row++) csv.Append($"{name}-{row},{name}-{row},{name}-{row}@example.com,{(row % 5 == 4 ? "x" : row)}\n");
        var file = new StringContent(csv.ToString(), Encoding.UTF8);
        file.Headers.ContentType = new MediaTypeHeaderValue("text/csv");
        // The same bytes each time, for they come under the same key.
        return new MultipartFormDataContent("the-same-each-time") { { new StringContent(type), "type" }, { file, "file", $"{name}.csv" } };
    }

    internal sealed record Sent(string Name, string Type, int Rows)
    {
        public int Wrong => Rows / 5;
        public int Good => Rows - Wrong;
    }
}
