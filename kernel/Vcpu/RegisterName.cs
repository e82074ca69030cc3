// Registers by the names of the Arm ARM, and the general registers by theirs, to and from their ids.

using System;
using System.Runtime.CompilerServices;

namespace Nestor.Kernel;

/// <summary>Names of registers.</summary>
public static class RegisterName
{
    /// <summary>The name of a row.</summary>
    public static ReadOnlySpan<byte> Of(Register register)
    {
        int start = Start((int)register);
        return RegisterTable.Names.Slice(start, Start((int)register + 1) - start);
    }

    /// <summary>The name of an id that <see cref="RegisterId.Next"/> gives.</summary>
    public static ReadOnlySpan<byte> Of(ulong id)
    {
        ulong number = id - RegisterId.General;
        if (number <= RegisterId.PstateNumber)
        {
            return General((uint)number);
        }

        return OfSystem(id);
    }

    /// <summary>The id of a name, whatever the case of its letters; 0 when no register that has a value is called so.</summary>
    public static ulong Find(ReadOnlySpan<byte> name)
    {
        for (ulong id = RegisterId.Next(0); id != 0; id = RegisterId.Next(id))
        {
            if (Letters.AreEqual(name, Of(id)))
            {
                return id;
            }
        }

        return 0;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ReadOnlySpan<byte> OfSystem(ulong id)
    {
        RegisterId.TryRegister(id, out Register register);
        return Of(register);
    }

    // Not inlined: several spans in one method are zeroed with a vector register.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Start(int row) => RegisterTable.NameStarts[row];

    // x0 to x30, PC and PSTATE, one behind the other.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ReadOnlySpan<byte> General(uint number)
    {
        ReadOnlySpan<byte> names = "x0x1x2x3x4x5x6x7x8x9x10x11x12x13x14x15x16x17x18x19x20x21x22x23x24x25x26x27x28x29x30PCPSTATE"u8;
        int start = (int)(number < 10 ? number * 2 : 20 + ((number - 10) * 3));
        return number < RegisterId.Pc
            ? names.Slice(start, number < 10 ? 2 : 3)
            : names.Slice(number == RegisterId.Pc ? 83 : 85, number == RegisterId.Pc ? 2 : 6);
    }
}
