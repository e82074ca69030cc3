// Makes an image from a payload in assembly under Guests/, once per run of the tests. It is an ELF file, which QEMU
// loads at its own addresses and enters at EL2.
using System;
using System.Collections.Concurrent;
using System.IO;
using Nestor.Tools.Build;
using Nestor.Tools.Dependencies;
using Nestor.Tools.Support;

namespace Nestor.Tests.Harness;

/// <summary>Assembles and links payloads.</summary>
public static class PayloadAssembler
{
    // Above the device tree, which QEMU puts at the start of RAM.
    private const string LoadAddress = "0x40080000";

    private static readonly ConcurrentDictionary<string, Lazy<string>> s_images = new();

    /// <summary>The image of Guests/NAME.S.</summary>
    public static string Image(string name) => s_images.GetOrAdd(name, key => new Lazy<string>(() => Assemble(key))).Value;

    private static string Assemble(string name)
    {
        string sources = Path.Combine(RepositoryRoot.Path, "qemu-tests", "Guests");
        string output = RepositoryRoot.Out("payloads");
        Directory.CreateDirectory(output);
        string assembled = Path.Combine(output, name + ".o");
        string image = Path.Combine(output, name + ".elf");
        Toolchain.Run(
            ToolFinder.Require("llvm-mc"),
            "-triple=aarch64", "-filetype=obj", "-I", sources, "-o", assembled, Path.Combine(sources, name + ".S"));
        Toolchain.Run(
            ToolFinder.Require("ld.lld"),
            "-nostdlib", "-static", "-N", "-Ttext=" + LoadAddress, "-e", "_start", "-o", image, assembled);
        return image;
    }
}
