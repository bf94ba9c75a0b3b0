using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Crm.Workflows.Contracts;
using Crm.Workflows.Definition.Described;
using Crm.Workflows.Runtime.Outside;

namespace Crm.Workflows.Steps;

/// <summary>Calls a system outside; the idempotency key goes along, so that a repeated call can be told from a second one.</summary>
internal sealed class CallHttp(OutboundHttp http) : IStep
{
    private const int LongestKept = 8_000;

    public StepDescription Description => Acting.Http;

    public async Task<StepResult> RunAsync(StepContext context, StepInputs inputs, CancellationToken ct)
    {
        var url = inputs.Wording("url")?.Zh ?? "";
        using var request = new HttpRequestMessage(new HttpMethod(inputs.Text("method") ?? "POST"), OutboundHttp.Address(url));
        request.Headers.TryAddWithoutValidation("Idempotency-Key", context.IdempotencyKey);
        if (inputs.Json("body") is { } body) request.Content = new StringContent(body.GetRawText(), Encoding.UTF8, MediaTypeHeaderValue.Parse("application/json"));
        foreach (var (name, value) in inputs.Read<Dictionary<string, string>>("headers") ?? [])
            if (!request.Headers.TryAddWithoutValidation(name, value)) request.Content?.Headers.TryAddWithoutValidation(name, value);
        using var response = await http.SendAsync(request, ct);
        var text = await OutboundHttp.TextAsync(response, LongestKept, ct);
        OutboundHttp.Require(response, text);
        return new()
        {
            Outputs = new JsonObject { ["status"] = (int)response.StatusCode, ["body"] = Json(text) },
            Why = new($"{(int)response.StatusCode} {response.ReasonPhrase}", $"{(int)response.StatusCode} {response.ReasonPhrase}"),
        };
    }

    private static JsonNode? Json(string text)
    {
        try { return JsonNode.Parse(text); }
        catch (JsonException) { return text; }
    }
}
