// Builds the demonstration of qemu-tests/Guests/Demo, which the kernel's image carries, when a source of it is newer.

namespace Nestor.Tools.Build;

/// <summary>Builds the embedded guest.</summary>
public static class DemoBuild
{
    /// <summary>Makes out/demo and out/demo.elf when a source is newer.</summary>
    /// <param name="root">The root of the repository.</param>
    /// <returns>The path of out/demo.</returns>
    /// <exception cref="BuildException">A tool or a gate refused.</exception>
    public static string Run(string root)
    {
        Registers.Generator.Run(root);
        string sources = Path.Combine(root, "qemu-tests", "Guests", "Demo");
        string payloads = Path.Combine(root, "qemu-tests", "Guests", "Payloads");
        string start = Path.Combine(payloads, "Payload.S");
        string image = Path.Combine(root, "out", "demo");
        string[] shared = [.. new[] { "BootArguments.cs", "ExceptionClass.cs", "Text.cs" }.Select(name => Path.Combine(payloads, "Support", name))];
        if (Sources.AreOlder(image, [Path.Combine(root, "boot"), Path.Combine(root, "hal"), sources, start, .. shared, Path.Combine(root, "tools", "Build")]))
        {
            return image;
        }

        File.Delete(image);
        Toolchain.Run("dotnet", "build", Path.Combine(sources, "demo.csproj"), "-v", "q", "--nologo", "-c", "Release");
        ImageBuilder.Build(new ImageSpecification(
            "demo",
            [Il(root, "demo"), Il(root, "hal"), Il(root, "corelib")],
            [start, Path.Combine(sources, "Guest.S"), Path.Combine(root, "boot", "Instructions.S"), Path.Combine(root, "hal", "Generated", "Leaves.S")],
            Path.Combine(sources, "demo.ld"),
            Path.Combine(root, "out")));
        return image;
    }

    private static string Il(string root, string name) => Path.Combine(root, "out", "il", name, name + ".dll");
}
