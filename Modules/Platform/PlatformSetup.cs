using System.Reflection;
using Crm.Platform.Absences;
using Crm.Platform.Calendars;
using Crm.Platform.Digest;
using Crm.Platform.Imports;
using Crm.Platform.Mailing;
using Crm.Platform.Notifications;
using Crm.Platform.People;
using Crm.Platform.Push;
using Crm.Platform.Roles;
using Crm.Platform.Settings;
using Crm.Platform.Setup;
using Crm.Platform.SignIn;
using Crm.Platform.Tokens;
using Crm.Platform.Units;
using Crm.Platform.Views;
using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Shared.Messaging;
using Crm.Shared.Records;
using Crm.Shared.Settings;
using Crm.Shared.Time;
using Crm.Shared.Work;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Platform;

/// <summary>People, units, roles, sign-in and what every company needs around its records.</summary>
public static class PlatformSetup
{
    /// <summary>For <see cref="Shared.SharedSetup.AddShared"/>: handlers, validators and texts are here.</summary>
    public static Assembly Assembly => typeof(PlatformSetup).Assembly;

    public static IServiceCollection AddPlatform(this IServiceCollection services)
    {
        services.AddSingleton<IRecordTypes, PlatformTypes>().AddSingleton<IPermissions, PlatformPermissions>();

        services.AddSingleton<PermissionList>().AddSingleton<RoleBook>().AddSingleton<IFieldOptions>(p => p.GetRequiredService<RoleBook>());
        services.AddSingleton<DirectoryPicture>().AddSingleton<IRefreshable>(p => p.GetRequiredService<DirectoryPicture>());
        services.AddScoped<DirectoryChanges>().AddScoped<CompanyDirectory>();
        services.AddScoped<IDirectory>(p => p.GetRequiredService<CompanyDirectory>()).AddScoped<IActors>(p => p.GetRequiredService<CompanyDirectory>());
        services.AddScoped<IRecordRule, UserRule>().AddScoped<IRecordRule, UnitRule>();

        services.AddSingleton<PasswordHashes>().AddScoped<Credentials>().AddScoped<Passwords>().AddScoped<OneTimeLinks>().AddScoped<SignInLog>().AddScoped<IWorkHandler, ForgottenHandler>();
        services.AddScoped<IPasswords>(p => p.GetRequiredService<Passwords>()).AddScoped<ITokens, Tokens.Tokens>();
        services.AddHostedService<SetupLink>();

        services.AddSingleton<Reach>().AddSingleton<IRefreshable>(p => p.GetRequiredService<Reach>());
        services.AddScoped<INotifier, Notifier>().AddScoped<IMailer, Mailer>().AddScoped<IOutsideHandler, MailDelivery>().AddScoped<IHealthPart, FailedMail>();
        services.AddScoped<PushKeys>().AddScoped<PushOut>().AddScoped<IOutsideHandler, PushDelivery>().AddHostedService<PushKeysAtStart>();
        services.AddScoped<DigestClock>().AddScoped<IWorkHandler, DigestHandler>();
        services.AddScoped<ViewStore>();

        services.AddSingleton<CalendarPicture>().AddSingleton<IRefreshable>(p => p.GetRequiredService<CalendarPicture>());
        services.AddScoped<CalendarChanges>().AddScoped<CalendarSource>().AddScoped<ICalendarSource>(p => p.GetRequiredService<CalendarSource>());

        services.AddSingleton<ISettingFields, PlatformSettings>().AddSingleton<SettingsBook>().AddSingleton<IRefreshable>(p => p.GetRequiredService<SettingsBook>());
        services.AddScoped<ISettings, CompanySettings>();
        services.AddImports();
        return services;
    }

    /// <param name="api">The group <c>/api/v1</c>, closed to strangers except where an endpoint allows them.</param>
    public static void MapPlatform(this IEndpointRouteBuilder api)
    {
        api.MapSignIn();
        api.MapTokens();
        api.MapRoles();
        api.MapSetUp();
        api.MapNotifications();
        api.MapDigest();
        api.MapPush();
        api.MapSignInLog();
        api.MapOutbox();
        api.MapViews();
        api.MapAbsences();
        api.MapCalendars();
        api.MapSettings();
        api.MapImports();
    }

    private sealed class PlatformTypes : IRecordTypes
    {
        public IEnumerable<RecordType> Types => [UserType.User, UnitType.Unit];
    }
}
