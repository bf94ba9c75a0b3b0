using Crm.Shared.Data;
using Crm.Shared.Problems;

namespace Crm.Host.Api;

/// <summary>Refuses JSON with text that nobody could keep, before anybody reads it.</summary>
internal sealed class SoundBodies(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        if (request.HasJsonContentType() && request.ContentLength is not 0)
        {
            request.EnableBuffering();
            using var body = new MemoryStream((int)Math.Min(request.ContentLength ?? 0, 1 << 20));
            await request.Body.CopyToAsync(body, context.RequestAborted);
            request.Body.Position = 0;
            if (SoundText.BrokenAt(body.GetBuffer().AsSpan(0, (int)body.Length)) is { } place) throw Problem.Invalid(place, "field.characters");
        }
        await next(context);
    }
}
