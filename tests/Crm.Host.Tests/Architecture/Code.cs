using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Xml.Linq;

namespace Crm.Host.Tests.Architecture;

/// <summary>Our projects as they stand on disk and as they were compiled.</summary>
internal static class Code
{
    /// <summary>Where Crm.sln is.</summary>
    public static string Root { get; } = Above(AppContext.BaseDirectory);

    public static IReadOnlyList<Project> Projects { get; } =
        [.. new[] { "Modules", "Host", "Workflows", "Workflows.Contracts" }.SelectMany(folder => Directory.GetFiles(Path.Combine(Root, folder), "*.csproj", SearchOption.AllDirectories)).Where(p => !p.Contains("node_modules")).Order().Select(Project.Read)];

    private static string Above(string folder) =>
        File.Exists(Path.Combine(folder, "Crm.sln")) ? folder : Above(Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("Crm.sln"));
}

internal sealed record Project(string Name, string Folder, IReadOnlyList<string> References)
{
    public Assembly Assembly => Assembly.Load(Name);
    public bool IsContracts => Name.EndsWith(".Contracts", StringComparison.Ordinal);

    public static Project Read(string path) => new(
        Path.GetFileNameWithoutExtension(path), Path.GetDirectoryName(path)!,
        [.. XDocument.Load(path).Descendants("ProjectReference").Select(r => Path.GetFileNameWithoutExtension(r.Attribute("Include")!.Value.Replace('\\', '/')))]);

    /// <summary>Members of other assemblies that the compiled code names: <c>System.DateTime.get_UtcNow</c>.</summary>
    public IReadOnlyList<string> MembersUsed()
    {
        using var file = File.OpenRead(Assembly.Location);
        using var pe = new PEReader(file);
        var reader = pe.GetMetadataReader();
        return [.. reader.MemberReferences.Select(reader.GetMemberReference).Where(m => m.Parent.Kind == HandleKind.TypeReference).Select(m =>
        {
            var type = reader.GetTypeReference((TypeReferenceHandle)m.Parent);
            return $"{reader.GetString(type.Namespace)}.{reader.GetString(type.Name)}.{reader.GetString(m.Name)}";
        })];
    }

    public override string ToString() => Name;
}
