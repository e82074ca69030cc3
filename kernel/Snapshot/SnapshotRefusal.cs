// What is wrong with a pair of a snapshot, so that a person knows which: a system register by the name that assemblers know,
// everything else by its class and number.

using System;
using System.Runtime.CompilerServices;
using Nestor.Hal;

namespace Nestor.Kernel;

/// <summary>The end of a restore.</summary>
public static class SnapshotRefusal
{
    /// <summary>Says which pair cannot be taken, and ends the machine.</summary>
    public static void Value(ulong id, ulong value)
    {
        Console.Write("nestor: the snapshot has what this Nestor has no place for: "u8);
        if (StateId.ClassOf(id) == RegisterId.SystemRegister && id >> 16 == RegisterId.SystemRegister >> 16)
        {
            Register((uint)id);
        }
        else
        {
            Console.Write(Class(id));
            Console.Write(" "u8);
            Console.WriteDecimal((uint)id);
        }

        Console.Write(" (id "u8);
        Console.WriteHex(id, 16);
        Console.Write(") = "u8);
        Console.WriteHex(value, 16);
        Console.WriteLine();
        Shutdown.End(failed: true);
    }

    private static void Register(uint encoding)
    {
        Part("S"u8, encoding >> 14);
        Part("_"u8, encoding >> 11 & 7);
        Part("_C"u8, encoding >> 7 & 15);
        Part("_C"u8, encoding >> 3 & 15);
        Part("_"u8, encoding & 7);
    }

    // Not inlined: several spans in one method are zeroed with a vector register.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Part(ReadOnlySpan<byte> text, uint number)
    {
        Console.Write(text);
        Console.WriteDecimal(number);
    }

    private static ReadOnlySpan<byte> Class(ulong id) => StateId.ClassOf(id) switch
    {
        RegisterId.General => "general register"u8,
        RegisterId.SystemRegister => "system register"u8,
        StateId.Vector => "vector state"u8,
        StateId.Run => "run state"u8,
        StateId.Private => "private interrupts"u8,
        StateId.Machine => "what the VM is"u8,
        StateId.Distributor => "interrupt distributor"u8,
        StateId.Translation => "interrupt translation"u8,
        StateId.Serial => "serial port"u8,
        StateId.Vcpu => "vCPU"u8,
        _ => "an unknown class"u8,
    };
}
