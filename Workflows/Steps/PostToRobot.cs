using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Crm.Shared.Records;
using Crm.Workflows.Contracts;
using Crm.Workflows.Definition.Described;
using Crm.Workflows.Runtime.Outside;

namespace Crm.Workflows.Steps;

/// <summary>Posts to a group robot of WeCom, DingTalk or Feishu. They answer 200 also when they refuse, with a code in the body.</summary>
internal sealed class PostToRobot(OutboundHttp http, TimeProvider time) : IStep
{
    /// <summary>Too many messages in a minute, in each platform's own number: it passes.</summary>
    private static readonly int[] TooOften = [45009, 130101, 410100, 9499, 11232];

    public StepDescription Description => Acting.Robot;

    public async Task<StepResult> RunAsync(StepContext context, StepInputs inputs, CancellationToken ct)
    {
        var (channel, secret) = (inputs.Text("channel"), inputs.Text("secret"));
        var body = Message(channel, inputs.Words("text") ?? "", inputs.Text("format") == "markdown");
        var url = inputs.Text("url") ?? "";
        if (secret is { Length: > 0 } && channel == "dingtalk") url = RobotSignature.OnDingTalk(url, secret, time.GetUtcNow());
        if (secret is { Length: > 0 } && channel == "feishu") RobotSignature.OnFeishu(body, secret, time.GetUtcNow());
        using var request = new HttpRequestMessage(HttpMethod.Post, OutboundHttp.Address(url)) { Content = new StringContent(body.ToJsonString(ContractJson.Options), Encoding.UTF8, "application/json") };
        request.Headers.TryAddWithoutValidation("Idempotency-Key", context.IdempotencyKey);
        using var response = await http.SendAsync(request, ct);
        var answer = await OutboundHttp.TextAsync(response, 2_000, ct);
        OutboundHttp.Require(response, answer);
        if (Code(answer) is not 0 and var code) throw new StepFailure(TooOften.Contains(code) ? FailureClass.Transient : FailureClass.Configuration, new("run.robotRefused", answer));
        return StepResult.Because(new Label("已发送", "Posted"));
    }

    private static JsonObject Message(string? channel, string text, bool markdown) => (channel, markdown) switch
    {
        ("feishu", false) => new() { ["msg_type"] = "text", ["content"] = new JsonObject { ["text"] = text } },
        ("feishu", true) => new() { ["msg_type"] = "interactive", ["card"] = new JsonObject { ["elements"] = new JsonArray(new JsonObject { ["tag"] = "markdown", ["content"] = text }) } },
        ("dingtalk", true) => new() { ["msgtype"] = "markdown", ["markdown"] = new JsonObject { ["title"] = Title(text), ["text"] = text } },
        (_, true) => new() { ["msgtype"] = "markdown", ["markdown"] = new JsonObject { ["content"] = text } },
        _ => new() { ["msgtype"] = "text", ["text"] = new JsonObject { ["content"] = text } },
    };

    /// <summary>What the list of conversations shows.</summary>
    private static string Title(string text) => text.Split('\n', 2)[0].Trim('#', '*', ' ') is { Length: > 0 } line ? line.Length > 50 ? line[..50] : line : "CRM";

    private static int Code(string answer)
    {
        try
        {
            var json = JsonNode.Parse(answer);
            return (json?["errcode"] ?? json?["code"] ?? json?["StatusCode"])?.GetValue<int>() ?? 0;
        }
        catch (Exception why) when (why is JsonException or InvalidOperationException or FormatException)
        {
            return 0;
        }
    }
}

/// <summary>How robots are told that it is us: each platform signs the time with the robot's secret in its own way.</summary>
internal static class RobotSignature
{
    /// <summary>HMAC of time and secret under the secret, in the address.</summary>
    public static string OnDingTalk(string url, string secret, DateTimeOffset now)
    {
        var timestamp = now.ToUnixTimeMilliseconds();
        var sign = Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{timestamp}\n{secret}")));
        return $"{url}{(url.Contains('?') ? '&' : '?')}timestamp={timestamp}&sign={Uri.EscapeDataString(sign)}";
    }

    /// <summary>HMAC of nothing under time and secret, in the body.</summary>
    public static void OnFeishu(JsonObject body, string secret, DateTimeOffset now)
    {
        var timestamp = now.ToUnixTimeSeconds();
        body["timestamp"] = timestamp.ToString(System.Globalization.CultureInfo.InvariantCulture);
        body["sign"] = Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes($"{timestamp}\n{secret}"), Array.Empty<byte>()));
    }
}
