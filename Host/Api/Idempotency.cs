using System.Security.Cryptography;
using System.Text;
using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Shared.Problems;
using Microsoft.AspNetCore.DataProtection;
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

/// <summary>A POST under an <c>Idempotency-Key</c> happens once: the key, the command and the stored answer commit together, and whoever repeats it gets that answer.
/// Bodies are kept protected, for some hold a secret that is told once and never lies readable.</summary>
internal sealed class Idempotency(Session session, CurrentActor actor, IDataProtectionProvider protection, TimeProvider time) : IEndpointFilter
{
    public const string Header = "Idempotency-Key";
    private const string TheRow = "user_id = @User AND name = @Key";
    /// <summary>How long a request of many transactions holds its key without an answer; after that its host is taken for dead.</summary>
    internal static readonly TimeSpan Held = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Kept = TimeSpan.FromHours(48);
    private static readonly string[] KeptHeaders = ["ETag", "Location"];
    private readonly IDataProtector bodies = protection.CreateProtector("Crm.Idempotency");

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (!HttpMethods.IsPost(http.Request.Method) || !http.Request.Headers.TryGetValue(Header, out var header) || actor.Value.UserId is not { } user) return await next(context);
        var key = header.ToString();
        if (key.Length is 0 or > 100) throw new Problem(400, "idempotency.key", []);
        var asked = new Asked(user, key, await HashAsync(http));
        if (http.GetEndpoint()?.Metadata.GetMetadata<ManyTransactions>() is not null) return await AroundManyAsync(context, next, asked);
        return await session.InTransactionAsync(async () => await ClaimAsync(asked, http.RequestAborted) ?? await KeepAsync(asked, await AnswerAsync(context, next), http.RequestAborted), http.RequestAborted);
    }

    /// <summary>No transaction can be put around many: the key is taken in one before them, the answer kept in one after.</summary>
    private async Task<Answer> AroundManyAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next, Asked asked)
    {
        var ct = context.HttpContext.RequestAborted;
        if (await session.InTransactionAsync(() => ClaimAsync(asked, ct), ct) is { } before) return before;
        try
        {
            var answer = await AnswerAsync(context, next);
            return await session.InTransactionAsync(() => KeepAsync(asked, answer, CancellationToken.None), CancellationToken.None);
        }
        catch
        {
            await session.InTransactionAsync(() => session.ExecuteAsync($"DELETE FROM host_idempotency WHERE {TheRow} AND status = 0", asked, CancellationToken.None), CancellationToken.None);
            throw;
        }
    }

    /// <returns>What was answered before; null for whoever is the first.</returns>
    private async Task<Answer?> ClaimAsync(Asked asked, CancellationToken ct)
    {
        var now = time.UtcNow();
        var row = new { asked.User, asked.Key, asked.Request, now, lapsed = now - Held };
        await session.ExecuteAsync("DELETE FROM host_idempotency WHERE created_at < @old", new { old = now - Kept }, ct);
        if (await session.InsertUnlessAsync("host_idempotency", "user_id, name, request, created_at", "@User, @Key, @Request, @now", TheRow, row, ct)) return null;
        var before = await session.FirstAsync<Answer>($"SELECT request, status, headers, body FROM host_idempotency WHERE {TheRow}", row, ct);
        if (before!.Request != asked.Request) throw Problem.Conflict("idempotency.reused");
        if (before.Status > 0) return before.With(Readable(before.Body));
        return await session.ExecuteAsync($"UPDATE host_idempotency SET created_at = @now WHERE {TheRow} AND status = 0 AND created_at < @lapsed", row, ct) > 0 ? null : throw Problem.Conflict("idempotency.running");
    }

    private static async Task<Answer> AnswerAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var result = await next(context);
        var response = http.Features.Get<IHttpResponseBodyFeature>()!;
        using var body = new MemoryStream();
        http.Response.Body = body;
        try { await (result as IResult ?? Results.Json(result)).ExecuteAsync(http); }
        finally { http.Features.Set(response); }
        return new()
        {
            Status = http.Response.StatusCode,
            Headers = string.Join('\n', KeptHeaders.Append("Content-Type").Where(http.Response.Headers.ContainsKey).Select(h => $"{h}: {http.Response.Headers[h]}")),
            Body = Encoding.UTF8.GetString(body.ToArray()),
        };
    }

    private async Task<Answer> KeepAsync(Asked asked, Answer answer, CancellationToken ct)
    {
        await session.ExecuteAsync($"UPDATE host_idempotency SET status = @Status, headers = @Headers, body = @Body WHERE {TheRow}", new { answer.Status, answer.Headers, Body = bodies.Protect(answer.Body), asked.User, asked.Key }, ct);
        return answer;
    }

    private string Readable(string body)
    {
        try { return bodies.Unprotect(body); }
        // A host with keys of its own kept it; that it was done is sure all the same.
        catch (CryptographicException) { throw Problem.Conflict("idempotency.unreadable"); }
    }

    private static async Task<string> HashAsync(HttpContext http)
    {
        http.Request.Body.Position = 0;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{http.Request.Path}{http.Request.QueryString}\n"));
        var buffer = new byte[16_384];
        for (int read; (read = await http.Request.Body.ReadAsync(buffer, http.RequestAborted)) > 0;) hash.AppendData(buffer, 0, read);
        // An endpoint that reads the body itself, as an upload's does, reads it after this.
        http.Request.Body.Position = 0;
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <param name="Request">Hash of what is asked.</param>
    private sealed record Asked(Guid User, string Key, string Request);

    /// <summary>An answer as it was given, given again.</summary>
    private sealed class Answer : IResult
    {
        public string Request { get; init; } = "";
        public int Status { get; init; }
        public string Headers { get; init; } = "";
        public string Body { get; init; } = "";

        public Answer With(string body) => new() { Status = Status, Headers = Headers, Body = body };

        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = Status;
            foreach (var line in Headers.Split('\n', StringSplitOptions.RemoveEmptyEntries))
                httpContext.Response.Headers[line[..line.IndexOf(':', StringComparison.Ordinal)]] = line[(line.IndexOf(':', StringComparison.Ordinal) + 2)..];
            return Body.Length == 0 ? Task.CompletedTask : httpContext.Response.WriteAsync(Body, httpContext.RequestAborted);
        }
    }
}
