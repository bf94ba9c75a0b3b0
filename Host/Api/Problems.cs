using System.ComponentModel;
using System.Text.Json;
using System.Text.RegularExpressions;
using Crm.Shared.Data;
using Crm.Shared.Problems;
using Microsoft.AspNetCore.Http.Metadata;

namespace Crm.Host.Api;

/// <summary>Turns whatever goes wrong under /api into a problem; what nobody expected is logged under the number the user sees.</summary>
internal sealed partial class Problems(RequestDelegate next, Dialect dialect, ILogger<Problems> log)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (!context.Request.Path.StartsWithSegments("/api"))
        {
            await next(context);
            return;
        }
        Problem? problem;
        try
        {
            await next(context);
            problem = Silent(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            return;
        }
        catch (Exception why)
        {
            problem = Of(why) ?? Unexpected(context, why);
            if (context.Response.HasStarted) throw;
            context.Response.Clear();
        }
        if (problem is not null) await context.RequestServices.GetRequiredService<ProblemWriter>().WriteAsync(context, problem);
    }

    private Problem? Of(Exception why) => why switch
    {
        Problem problem => problem,
        BadHttpRequestException { InnerException: JsonException json } => Json(json),
        BadHttpRequestException bad => Address(bad) ?? ForStatus(bad.StatusCode),
        JsonException json => Json(json),
        InvalidDataException => ForStatus(400),
        _ when dialect.IsTransient(why) => Busy(why),
        _ => null,
    };

    private Problem Busy(Exception why)
    {
        log.LogWarning(why, "The database was busy or away");
        return new Problem(503, "busy", []);
    }

    private Problem Unexpected(HttpContext context, Exception why)
    {
        var number = context.TraceIdentifier;
        log.LogError(why, "{Method} {Path} failed, {Number}", context.Request.Method, context.Request.Path, number);
        return new Problem(500, "unexpected", [], number) { More = { ["trace"] = number } };
    }

    /// <summary>A status that middleware or routing set without a word.</summary>
    private static Problem? Silent(HttpContext context) =>
        context.Response is { HasStarted: false, StatusCode: >= 400, ContentType: null, ContentLength: null or 0 } answer ? (answer.StatusCode == 400 ? Unread(context) : null) ?? ForStatus(answer.StatusCode) : null;

    /// <summary>The query parameter that is not of its type: of one that may be left out nobody says more than 400.</summary>
    private static Problem? Unread(HttpContext context) => context.GetEndpoint()?.Metadata.GetOrderedMetadata<IParameterBindingMetadata>()
        .Where(p => p.HasTryParse && context.Request.Query[p.Name] is [{ Length: > 0 } text] && !TypeDescriptor.GetConverter(Nullable.GetUnderlyingType(p.ParameterInfo.ParameterType) ?? p.ParameterInfo.ParameterType).IsValid(text))
        .Select(p => NotOfItsType(p.Name)).FirstOrDefault();

    private static Problem ForStatus(int status) => status switch
    {
        401 => new(401, "signedOut", []),
        403 => new(403, "forbidden", [], "-"),
        404 => new(404, "route.unknown", []),
        405 => new(405, "route.method", []),
        413 => new(413, "body.tooLarge", []),
        415 => new(415, "body.type", []),
        429 => new(429, "tooMany", []),
        _ => new(status, "body.invalid", []),
    };

    private static Problem Json(JsonException why)
    {
        if (why.InnerException?.GetType().Name == "JsonReaderException") return new(400, "body.json", []);
        var path = why.Path?.TrimStart('$').TrimStart('.') ?? "";
        // Which it was stands in the message alone, of a record's values in the path.
        if (Double().Match(why.Message) is { Success: true } found)
        {
            var name = found.Groups["name"].Success ? found.Groups["name"].Value : path;
            return Problem.Invalid(path.Length == 0 ? name : path, "field.double", name);
        }
        return path.Length == 0 ? new(400, "body.json", []) : Problem.Invalid(path, why.Message.Contains("could not be mapped", StringComparison.Ordinal) ? "field.unknown" : "field.type", path);
    }

    /// <summary>Null where no parameter of the address is to blame. The framework tells which one it is in its message alone.</summary>
    private static Problem? Address(BadHttpRequestException why)
    {
        if (Parameter().Match(why.Message) is not { Success: true } found) return null;
        var name = found.Groups["name"].Value;
        return found.Groups["missing"].Success ? Problem.Invalid(Camel(name), "field.required", Camel(name)) : NotOfItsType(name);
    }

    private static Problem NotOfItsType(string parameter) => Problem.Invalid(Camel(parameter), "field.type", Camel(parameter));

    private static string Camel(string name) => JsonNamingPolicy.CamelCase.ConvertName(name);

    [GeneratedRegex("""^Duplicate propert(y '(?<name>[^']+)'|ies)""")]
    private static partial Regex Double();

    [GeneratedRegex("""^(Failed to bind|(?<missing>Required)) parameter "[^"]*\b(?<name>\w+)" (from "|was not provided from (route|query|header))""")]
    private static partial Regex Parameter();
}
