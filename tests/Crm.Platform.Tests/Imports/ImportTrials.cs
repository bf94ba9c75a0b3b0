using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Crm.Testing;

namespace Crm.Platform.Tests.Imports;

/// <summary>Imports through the API, as the page does it.</summary>
internal sealed class ImportTrials(TestCrm crm, TestClient client)
{
    public Task<TestAnswer> TryUploadAsync(string type, byte[] content, string name = "trial.csv") => TryUploadAsync(type, new ByteArrayContent(content), name);

    public Task<TestAnswer> TryUploadAsync(string type, HttpContent content, string name = "trial.csv")
    {
        content.Headers.ContentType = new MediaTypeHeaderValue("text/csv");
        var form = new MultipartFormDataContent { { new StringContent(type), "type" }, { content, "file", name } };
        return client.SendAsync(HttpMethod.Post, "imports", form);
    }

    public async Task<JsonElement> UploadAsync(string type, string text) => (await TryUploadAsync(type, Encoding.UTF8.GetBytes(text))).Is(201).Json;

    /// <summary>Uploads, maps (or takes the guess), starts and waits for the end.</summary>
    public async Task<JsonElement> ImportAsync(string type, string text, object? mapping = null) => await ImportAsync(await UploadAsync(type, text), mapping);

    public async Task<JsonElement> ImportAsync(JsonElement upload, object? mapping = null)
    {
        var id = upload.GetProperty("id").GetString();
        if (mapping is not null) await client.PatchJson($"imports/{id}", mapping);
        await client.PostJson($"imports/{id}/start");
        await crm.RunDueAsync();
        (await crm.ValueAsync<string>("SELECT error FROM shared_work WHERE kind LIKE 'import.%' AND error IS NOT NULL")).ShouldBeNull();
        return await client.GetJson($"imports/{id}");
    }

    public async Task<string[]> ErrorsAsync(JsonElement import, string? of = null)
    {
        var answer = (await client.SendAsync(HttpMethod.Get, $"imports/{import.GetProperty("id").GetString()}/errors{(of is null ? "" : $"?of={of}")}")).Is(200);
        return answer.Text.TrimStart('\uFEFF').Split("\r\n", StringSplitOptions.RemoveEmptyEntries)[1..];
    }

    public static (string State, long Created, long Updated, long Skipped, long Failed) Sums(JsonElement import) =>
        (import.GetProperty("state").GetString()!, import.GetProperty("created").GetInt64(), import.GetProperty("updated").GetInt64(), import.GetProperty("skipped").GetInt64(), import.GetProperty("failed").GetInt64());
}
