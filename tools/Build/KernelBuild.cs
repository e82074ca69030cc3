// `./build.sh build`: generated sources, the guest that is built in, IL, then the image. Skips what is newer than everything it is made from.

namespace Nestor.Tools.Build;

/// <summary>Builds the kernel image.</summary>
public static class KernelBuild
{
    /// <summary>Makes out/nestor and out/nestor.elf when a source is newer.</summary>
    /// <param name="root">The root of the repository.</param>
    /// <exception cref="BuildException">A tool or a gate refused.</exception>
    public static void Run(string root)
    {
        Registers.Generator.Run(root);
        string demo = DemoBuild.Run(root);
        string image = Path.Combine(root, "out", "nestor");
        if (Sources.AreOlder(image, [Path.Combine(root, "boot"), Path.Combine(root, "hal"), Path.Combine(root, "kernel"), Path.Combine(root, "tools", "Build"), demo]))
        {
            return;
        }

        File.Delete(image);
        Toolchain.Run("dotnet", "build", Path.Combine(root, "kernel", "kernel.csproj"), "-v", "q", "--nologo", "-c", "Release");
        ImageBuilder.Build(new ImageSpecification(
            "nestor",
            [Il(root, "kernel"), Il(root, "hal"), Il(root, "corelib")],
            [.. Directory.EnumerateFiles(Path.Combine(root, "boot"), "*.S").Order(StringComparer.Ordinal), Path.Combine(root, "hal", "Generated", "Leaves.S")],
            Path.Combine(root, "boot", "kernel.ld"),
            Path.Combine(root, "out"),
            Embed: demo,
            Sources: root,
            Order: new MethodOrder(Path.Combine(root, "kernel", "methods.order"), "kernel", "Nestor.Kernel")));
    }

    private static string Il(string root, string name) => Path.Combine(root, "out", "il", name, name + ".dll");
}
