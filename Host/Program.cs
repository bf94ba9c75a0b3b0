using Crm.Host;
using Crm.Host.Commands;
using Crm.Host.Demo;
using Crm.Shared;
using Crm.Shared.Data;
using Crm.Shared.Settings;
using NLog.Web;

try
{
    var command = CommandLine.Parse(args);
    // The page and settings lie beside the program; data lies where the one who starts it stands.
    var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = command.Options, ContentRootPath = AppContext.BaseDirectory });
    // NLog alone: the built-in console would say every line a second time, and every request.
    builder.Logging.ClearProviders();
    builder.Host.UseNLog().UseDefaultServiceProvider(o => o.ValidateScopes = o.ValidateOnBuild = true);
    var options = Composition.ReadOptions(builder.Configuration);

    builder.Services.AddShared(options, Composition.Modules);
    builder.Services.AddModules();
    builder.Services.AddEdge(options);
    builder.Services.AddTelemetry(builder.Configuration);
    if (string.IsNullOrEmpty(builder.Configuration[WebHostDefaults.ServerUrlsKey])) builder.WebHost.UseUrls("http://127.0.0.1:5080");

    var app = builder.Build();
    await app.Services.GetRequiredService<Migrator>().MigrateAsync(CancellationToken.None);
    if (command.Name is not null) return await command.RunAsync(app.Services);
    if (options.Demo ?? app.Environment.IsDevelopment())
    {
        await DemoCompany.CreateIfEmptyAsync(options, TimeProvider.System.GetUtcNow().UtcDateTime, Console.WriteLine, CancellationToken.None);
        app.Lifetime.ApplicationStarted.Register(() => DemoCompany.Welcome(app.Urls, Console.WriteLine));
    }
    app.UseEdge();
    app.MapEdge();
    await app.RunAsync();
    return 0;
}
catch (SettingException wrong)
{
    await Console.Error.WriteLineAsync(wrong.Message);
    return 2;
}
