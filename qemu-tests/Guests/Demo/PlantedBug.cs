// Three bugs that people who write hypervisors know, for a person to look for with the monitor: `bug=vttbr`, `bug=maintenance`
// or `bug=eret` on the command line plants one. Without the word there is none.

using System;
using System.Runtime.CompilerServices;
using Nestor.Payloads;

namespace Nestor.Demo;

/// <summary>The bug that the command line asks for.</summary>
internal static unsafe class PlantedBug
{
    /// <summary>VTTBR_EL2 has the address of a table, but not of the first.</summary>
    public static bool HasWrongTable { get; private set; }

    /// <summary>The maintenance interrupt never comes.</summary>
    public static bool LosesMaintenance { get; private set; }

    /// <summary>The guest's SPSR_EL2 names an exception level that the machine does not have.</summary>
    public static bool ReturnsIllegally { get; private set; }

    /// <summary>Reads the word; false when there is no such bug.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static bool Read(byte* tree)
    {
        BootArguments.Open(tree);
        ReadOnlySpan<byte> word = BootArguments.Value("bug="u8);
        HasWrongTable = Text.Equal(word, "vttbr"u8);
        LosesMaintenance = Text.Equal(word, "maintenance"u8);
        ReturnsIllegally = Text.Equal(word, "eret"u8);
        return word.IsEmpty || HasWrongTable || LosesMaintenance || ReturnsIllegally;
    }
}
