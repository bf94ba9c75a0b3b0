using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Crm.Host.Api;
using Crm.Host.Api.Document;
using Crm.Host.Api.Records;
using Crm.Host.Auth;
using Crm.Host.Live;
using Crm.Leads;
using Crm.Marketing;
using Crm.Platform;
using Crm.Sales;
using Crm.Service;
using Crm.Shared;
using Crm.Shared.Data;
using Crm.Shared.Settings;
using Crm.Workflows;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Crm.Host;

/// <summary>Puts modules and the HTTP edge together. A new module is one line in each of the first three members.</summary>
internal static class Composition
{
    public static Assembly[] Modules { get; } = [typeof(Composition).Assembly, PlatformSetup.Assembly, typeof(SalesSetup).Assembly, typeof(LeadsSetup).Assembly, typeof(MarketingSetup).Assembly, typeof(ServiceSetup).Assembly, WorkflowsSetup.Assembly];

    public static IServiceCollection AddModules(this IServiceCollection services) => services.AddPlatform().AddSales().AddLeads().AddMarketing().AddService().AddWorkflows();

    private static void MapModules(IEndpointRouteBuilder api)
    {
        api.MapPlatform();
        api.MapSales();
        api.MapLeads();
        api.MapMarketing();
        api.MapWorkflows();
    }

    public static void AddEdge(this IServiceCollection services, CrmOptions options)
    {
        services.ConfigureHttpJsonOptions(o => ApiJson.Configure(o.SerializerOptions));
        services.Configure<RouteHandlerOptions>(o => o.ThrowOnBadRequest = true);
        // A filter that names a page's worth of records stands in the address.
        services.Configure<KestrelServerOptions>(o => o.Limits.MaxRequestLineSize = 64 * 1024);
        services.Configure<ForwardedHeadersOptions>(o => o.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto);
        services.AddDataProtection().SetApplicationName("crm").PersistKeysToFileSystem(new DirectoryInfo(Path.Combine(options.DataFolder, "keys")));
        services.AddCrmAuthentication();
        services.AddRateLimits(options);
        services.AddLive();
        services.AddScoped<ProblemWriter>().AddScoped<RecordEdge>().AddScoped<RecordBulk>();
        services.AddApiDocument();
        services.AddPage();
    }

    /// <exception cref="SettingException">A value is not of its setting's type.</exception>
    public static CrmOptions ReadOptions(IConfiguration configuration)
    {
        try { return configuration.GetSection("Crm").Get<CrmOptions>() ?? new(); }
        catch (InvalidOperationException wrong) { throw new SettingException(wrong.Message); }
    }

    public static void UseEdge(this WebApplication app)
    {
        app.UseForwardedHeaders();
        app.UseMiddleware<SecurityHeaders>();
        app.UsePage();
        app.UseMiddleware<Problems>();
        app.UseRouting();
        app.UseWhen(context => context.Request.Path.StartsWithSegments("/api") && !context.Request.Path.StartsWithSegments("/api/v1/health"), api => api.Use(async (context, next) =>
        {
            await context.RequestServices.GetRequiredService<Freshness>().EnsureAsync(context.RequestAborted);
            await next(context);
        }));
        app.UseRateLimiter();
        app.UseAuthentication();
        app.UseMiddleware<RequestLanguage>();
        app.UseMiddleware<AntiForgery>();
        app.UseAuthorization();
        app.UseMiddleware<SoundBodies>();
        app.UseMiddleware<KeyedRequests>();
    }

    public static void MapEdge(this WebApplication app)
    {
        var api = app.MapGroup("/api/v1").RequireAuthorization().AddEndpointFilter<GivingWay>().AddEndpointFilter<Idempotency>();
        MapModules(api);
        api.MapRecords(app.Services);
        api.MapCatalogue();
        api.MapSearch();
        api.MapLive();
        api.MapHealth();
        app.MapApiDocument();
        app.MapPage();
    }
}

/// <summary>How the API writes and reads JSON.</summary>
internal static class ApiJson
{
    public static void Configure(JsonSerializerOptions json)
    {
        json.Encoder = Stored.Json.Encoder;
        json.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        json.AllowDuplicateProperties = false;
        json.RespectNullableAnnotations = true;
        json.NumberHandling = JsonNumberHandling.Strict;
        json.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
        json.Converters.Add(new WholeObjects());
    }

    /// <summary>Left alone, an object with a member named twice would be taken, and fail whoever looks into it.</summary>
    private sealed class WholeObjects : JsonConverter<JsonObject>
    {
        public override JsonObject? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            JsonSerializer.Deserialize<JsonElement>(ref reader, options) is { ValueKind: JsonValueKind.Object } json ? JsonObject.Create(json) : throw new JsonException();

        public override void Write(Utf8JsonWriter writer, JsonObject value, JsonSerializerOptions options) => value.WriteTo(writer, options);
    }
}
