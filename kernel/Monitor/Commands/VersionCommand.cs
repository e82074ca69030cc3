// `version`: which Nestor this is, on what CPU.

using System;
using Nestor.Hal;

namespace Nestor.Kernel;

internal unsafe struct VersionCommand : IMonitorCommand
{
    public static ReadOnlySpan<byte> Name => "version"u8;

    public static ReadOnlySpan<byte> Arguments => ""u8;

    public static ReadOnlySpan<byte> Summary => "the size of this image, and what the CPU has"u8;

    public static void Run(Words* words)
    {
        Output.Text("name"u8, "Nestor"u8);
        Output.Number("image"u8, ImageLayout.SymbolTableEnd - ImageLayout.TextStart);
        Output.Line();
        Output.Hex("MIDR_EL1"u8, SystemRegisters.MIDR_EL1, 8);
        Output.Number("physicalRange"u8, Features.PhysicalRange);
        Output.Flag("nv"u8, Features.Nv);
        Output.Flag("nv2"u8, Features.Nv2);
        Output.Flag("sve"u8, Features.Sve);
        Output.Flag("sme"u8, Features.Sme);
        Output.Flag("fgt"u8, Features.Fgt);
        Output.Flag("hcx"u8, Features.Hcx);
    }
}
