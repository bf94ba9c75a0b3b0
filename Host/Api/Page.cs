namespace Crm.Host.Api;

/// <summary>The page's files. Whatever is no file and no endpoint is a place in the page, which finds its way by itself.</summary>
internal static class Page
{
    public static void MapPage(this WebApplication app)
    {
        app.MapStaticAssets();
        var page = new StaticFileOptions { OnPrepareResponse = context => context.Context.Response.Headers.CacheControl = "no-cache" };
        // A constraint refuses the empty path, so the root has a route of its own.
        app.MapFallbackToFile("/", "index.html", page);
        app.MapFallbackToFile("{*path:regex(^(?!api/|openapi).*$):nonfile}", "index.html", page);
    }
}
