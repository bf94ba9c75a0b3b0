using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Crm.Host.Tests.Architecture;
using static Crm.Host.Tests.Api.SharedCrm;

namespace Crm.Host.Tests.Api;

internal sealed class ApiDocumentTests
{
    private const string Renew = "CRM_RENEW_OPENAPI";
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Test]
    public async Task The_checked_in_document_is_that_of_the_host()
    {
        var file = Path.Combine(Code.Root, "docs", "openapi.json");
        using var stranger = Company.Stranger();
        var now = Sorted((await stranger.SendAsync(HttpMethod.Get, "/openapi/v1.json")).Is(200).Text).ReplaceLineEndings("\n") + "\n";
        if (Environment.GetEnvironmentVariable(Renew) == "1") await File.WriteAllTextAsync(file, now);
        (await File.ReadAllTextAsync(file)).ReplaceLineEndings("\n").ShouldBe(now, $"Renew it: {Renew}=1 dotnet test tests/Crm.Host.Tests --filter ApiDocumentTests");
    }

    /// <summary>The framework sorts schemas as the machine's cultures do.</summary>
    private static string Sorted(string document)
    {
        var json = JsonNode.Parse(document)!;
        var components = json["components"]!.AsObject();
        components["schemas"] = new JsonObject(components["schemas"]!.AsObject().OrderBy(s => s.Key, StringComparer.Ordinal).Select(s => KeyValuePair.Create(s.Key, s.Value?.DeepClone())));
        return json.ToJsonString(Indented);
    }

    [Test]
    public async Task There_is_a_page_to_try_the_api()
    {
        using var answer = await Admin.Http.GetAsync(new Uri("/openapi/index.html", UriKind.Relative));
        ((int)answer.StatusCode).ShouldBe(200);
    }
}
