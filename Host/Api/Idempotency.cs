using System.Security.Cryptography;
using System.Text;
using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Shared.Problems;
using Microsoft.AspNetCore.Http.Features;

namespace Crm.Host.Api;

/// <summary>Keeps the body of a keyed request, for it is read twice: by the endpoint and to tell whether a repetition is one.</summary>
internal sealed class KeyedRequests(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (HttpMethods.IsPost(context.Request.Method) && context.Request.Headers.ContainsKey(Idempotency.Header)) context.Request.EnableBuffering();
        return next(context);
    }
}

/// <summary>A POST under an <c>Idempotency-Key</c> happens once: the key, the command and the stored answer commit together, and whoever repeats it gets that answer.</summary>
internal sealed class Idempotency(Session session, CurrentActor actor, TimeProvider time) : IEndpointFilter
{
    public const string Header = "Idempotency-Key";
    private static readonly TimeSpan Kept = TimeSpan.FromHours(48);
    private static readonly string[] KeptHeaders = ["ETag", "Location"];

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (http.GetEndpoint()?.Metadata.GetMetadata<ManyTransactions>() is not null || !HttpMethods.IsPost(http.Request.Method) || !http.Request.Headers.TryGetValue(Header, out var header) || actor.Value.UserId is not { } user) return await next(context);
        var key = header.ToString();
        if (key.Length is 0 or > 100) throw new Problem(400, "idempotency.key", []);
        var (ct, request) = (http.RequestAborted, await HashAsync(http));
        return await session.InTransactionAsync(async () =>
        {
            if (await ClaimAsync(user, key, request, ct)) return await AnswerAsync(context, next, user, key, ct);
            var before = await session.FirstAsync<Answer>("SELECT request, status, headers, body FROM host_idempotency WHERE user_id = @user AND name = @key", new { user, key }, ct);
            return before!.Request == request ? before : throw Problem.Conflict("idempotency.reused");
        }, ct);
    }

    private async Task<bool> ClaimAsync(Guid user, string key, string request, CancellationToken ct)
    {
        var now = time.UtcNow();
        await session.ExecuteAsync("DELETE FROM host_idempotency WHERE created_at < @old", new { old = now - Kept }, ct);
        return await session.InsertUnlessAsync("host_idempotency", "user_id, name, request, created_at", "@user, @key, @request, @now", "user_id = @user AND name = @key", new { user, key, request, now }, ct);
    }

    private async Task<Answer> AnswerAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next, Guid user, string key, CancellationToken ct)
    {
        var http = context.HttpContext;
        var result = await next(context);
        var response = http.Features.Get<IHttpResponseBodyFeature>()!;
        using var body = new MemoryStream();
        http.Response.Body = body;
        try { await (result as IResult ?? Results.Json(result)).ExecuteAsync(http); }
        finally { http.Features.Set(response); }
        var answer = new Answer
        {
            Status = http.Response.StatusCode,
            Headers = string.Join('\n', KeptHeaders.Append("Content-Type").Where(http.Response.Headers.ContainsKey).Select(h => $"{h}: {http.Response.Headers[h]}")),
            Body = Encoding.UTF8.GetString(body.ToArray()),
        };
        await session.ExecuteAsync("UPDATE host_idempotency SET status = @Status, headers = @Headers, body = @Body WHERE user_id = @user AND name = @key", new { answer.Status, answer.Headers, answer.Body, user, key }, ct);
        return answer;
    }

    private static async Task<string> HashAsync(HttpContext http)
    {
        http.Request.Body.Position = 0;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{http.Request.Path}{http.Request.QueryString}\n"));
        var buffer = new byte[16_384];
        for (int read; (read = await http.Request.Body.ReadAsync(buffer, http.RequestAborted)) > 0;) hash.AppendData(buffer, 0, read);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>An answer as it was given, given again.</summary>
    private sealed class Answer : IResult
    {
        public string Request { get; init; } = "";
        public int Status { get; init; }
        public string Headers { get; init; } = "";
        public string Body { get; init; } = "";

        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = Status;
            foreach (var line in Headers.Split('\n', StringSplitOptions.RemoveEmptyEntries))
                httpContext.Response.Headers[line[..line.IndexOf(':', StringComparison.Ordinal)]] = line[(line.IndexOf(':', StringComparison.Ordinal) + 2)..];
            return Body.Length == 0 ? Task.CompletedTask : httpContext.Response.WriteAsync(Body, httpContext.RequestAborted);
        }
    }
}
