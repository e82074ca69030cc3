// Builds the test guest of qemu-tests/Guests/Payloads with the kernel's own toolchain, when a source of it is newer.

namespace Nestor.Tools.Build;

/// <summary>Builds the test guest.</summary>
public static class PayloadBuild
{
    /// <summary>Makes out/payload and out/payload.elf when a source is newer.</summary>
    /// <param name="root">The root of the repository.</param>
    /// <exception cref="BuildException">A tool or a gate refused.</exception>
    public static void Run(string root)
    {
        Registers.Generator.Run(root);
        string sources = Path.Combine(root, "qemu-tests", "Guests", "Payloads");
        string image = Path.Combine(root, "out", "payload");
        if (Sources.AreOlder(image, [Path.Combine(root, "boot"), Path.Combine(root, "hal"), sources, Path.Combine(root, "tools", "Build")]))
        {
            return;
        }

        File.Delete(image);
        Toolchain.Run("dotnet", "build", Path.Combine(sources, "payloads.csproj"), "-v", "q", "--nologo", "-c", "Release");
        ImageBuilder.Build(new ImageSpecification(
            "payload",
            [Il(root, "payloads"), Il(root, "hal"), Il(root, "corelib")],
            [Path.Combine(sources, "Payload.S"), Path.Combine(root, "boot", "Instructions.S"), Path.Combine(root, "hal", "Generated", "Leaves.S")],
            Path.Combine(sources, "payload.ld"),
            Path.Combine(root, "out")));
    }

    private static string Il(string root, string name) => Path.Combine(root, "out", "il", name, name + ".dll");
}
