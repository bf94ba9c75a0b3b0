using Microsoft.AspNetCore.ResponseCompression;

namespace Crm.Host.Api;

/// <summary>The page's files. Whatever is no file and no endpoint is a place in the page, which finds its way by itself.</summary>
internal static class Page
{
    private const string Forever = "public, max-age=31536000, immutable";

    /// <summary>The build compresses files; the page itself, which they stand in, is compressed as it is asked for. Nothing secret is in it.</summary>
    public static void AddPage(this IServiceCollection services) => services.AddResponseCompression(o =>
    {
        o.MimeTypes = ["text/html"];
        o.EnableForHttps = true;
        o.Providers.Add<GzipCompressionProvider>();
    });

    /// <summary>Files under /assets carry a hash of their content in their name: a browser need never ask again. All others are asked for each time.</summary>
    public static void UsePage(this WebApplication app)
    {
        app.UseResponseCompression();
        app.UseWhen(context => context.Request.Path.StartsWithSegments("/assets"), assets => assets.Use((context, next) =>
        {
            context.Response.OnStarting(() =>
            {
                if (context.Response.StatusCode is StatusCodes.Status200OK or StatusCodes.Status304NotModified) context.Response.Headers.CacheControl = Forever;
                return Task.CompletedTask;
            });
            return next(context);
        }));
    }

    public static void MapPage(this WebApplication app)
    {
        app.MapStaticAssets();
        var page = new StaticFileOptions { OnPrepareResponse = context => context.Context.Response.Headers.CacheControl = "no-cache" };
        // A constraint refuses the empty path, so the root has a route of its own.
        app.MapFallbackToFile("/", "index.html", page);
        app.MapFallbackToFile("{*path:regex(^(?!api/|openapi|assets/).*$):nonfile}", "index.html", page);
    }
}
