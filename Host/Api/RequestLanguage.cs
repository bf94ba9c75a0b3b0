using Crm.Shared.Access;

namespace Crm.Host.Api;

/// <summary>The language of the answer: what the request asks for, else the user's own, else Chinese.</summary>
internal sealed class RequestLanguage(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        var current = context.RequestServices.GetRequiredService<CurrentActor>();
        current.Set(current.Value with { Locale = Of(context) });
        return next(context);
    }

    public static string Of(HttpContext context)
    {
        foreach (var wanted in context.Request.GetTypedHeaders().AcceptLanguage.OrderByDescending(l => l.Quality ?? 1))
        {
            if (wanted.Value.StartsWith("zh", StringComparison.OrdinalIgnoreCase)) return "zh";
            if (wanted.Value.StartsWith("en", StringComparison.OrdinalIgnoreCase)) return "en";
        }
        return context.RequestServices.GetRequiredService<CurrentActor>().Value.Locale;
    }
}
