using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Crm.Testing;

namespace Crm.Benchmarks;

/// <summary>A file of 200,000 leads through the import's API, without SOPs.</summary>
internal static class Importing
{
    private const int Rows = 200_000;

    public static async Task<IEnumerable<Figure>> RunAsync()
    {
        await using var host = new HostProcess();
        await host.StartAsync();
        await host.SetUpAsync();
        var csv = new StringBuilder("name,company,phone,region,source,externalId\n");
        for (var i = 0; i < Rows; i++) csv.Append($"线索{i},试验公司{i % 500},138{i:D8},east,exhibition,E{i}\n");
        using var form = new MultipartFormDataContent { { new StringContent("lead"), "type" }, { new ByteArrayContent(Encoding.UTF8.GetBytes(csv.ToString())), "file", "leads.csv" } };
        using var response = await host.Client.PostAsync(new Uri("imports", UriKind.Relative), form);
        var text = await response.Content.ReadAsStringAsync();
        if (!response.IsSuccessStatusCode) throw new InvalidOperationException(text);
        var id = JsonDocument.Parse(text).RootElement.GetProperty("id").GetString();
        var watch = Stopwatch.StartNew();
        await host.SendAsync(HttpMethod.Post, $"imports/{id}/start", new { });
        JsonElement state = default;
        await HostProcess.UntilAsync(async () => (state = await host.SendAsync(HttpMethod.Get, $"imports/{id}", null)).GetProperty("state").GetString() is "done" or "failed", "the import to end");
        var rate = Rows / watch.Elapsed.TotalSeconds;
        var created = state.GetProperty("created").GetInt64();
        Console.WriteLine($"import {rate:F0} rows/s, {created} created");
        return [new($"import of {Rows:N0} leads without SOPs ({created:N0} created)", $"{rate:F0} rows/s", "", "", "at least 5,000 rows/s")];
    }
}
