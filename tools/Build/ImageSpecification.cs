// What makes one bare-metal image different from another.
namespace Nestor.Tools.Build;

/// <summary>What to build.</summary>
/// <param name="Name">Base name of the results in the output folder.</param>
/// <param name="Assemblies">IL files, the main one first, the corelib last.</param>
/// <param name="Assembly">Assembly sources.</param>
/// <param name="LinkerScript">The layout.</param>
/// <param name="Output">Folder of the results.</param>
/// <param name="Embed">A file to embed as the symbols nestor_embedded and nestor_embedded_end, or null.</param>
/// <param name="Sources">Root of the sources when the image is to carry its symbol table (nestor_symbols, nestor_symbols_end), or null.</param>
/// <param name="Order">Which methods come first, or null.</param>
public sealed record ImageSpecification(
    string Name,
    IReadOnlyList<string> Assemblies,
    IReadOnlyList<string> Assembly,
    string LinkerScript,
    string Output,
    string? Embed = null,
    string? Sources = null,
    MethodOrder? Order = null);
