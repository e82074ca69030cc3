// The list of groups. A group is one file in Groups/ and one line here.

using System;

namespace Nestor.Payloads;

internal static class Groups
{
    /// <summary>Runs the group of this name, or all when it is empty.</summary>
    public static void Run(ReadOnlySpan<byte> name)
    {
        bool all = name.Length == 0;
        if (Cpu.IsAtEl2)
        {
            if (all || Text.Equal(name, "registers"u8))
            {
                Registers.Run();
            }

            if (all || Text.Equal(name, "exceptions"u8))
            {
                Exceptions.Run();
            }
        }
    }
}
