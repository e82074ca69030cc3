// Memory as `mem` sees it: a byte at a time at any kind of address, each page checked before it is touched.

using System;
using Nestor.Hal;

namespace Nestor.Kernel;

/// <summary>A window on memory that moves page by page.</summary>
internal unsafe struct GuestBytes
{
    private const ulong PageMask = 0xfff;

    internal VirtualCpu* Vcpu;

    /// <summary>The kind of its addresses.</summary>
    internal AddressSpace Space;

    /// <summary>It is written, not only read.</summary>
    internal bool IsWritten;

    private ulong _page;
    private byte* _memory;

    /// <summary>A window on an address space of a held vCPU.</summary>
    internal static void Open(GuestBytes* window, VirtualCpu* vcpu, AddressSpace space, bool isWritten)
    {
        window->Vcpu = vcpu;
        window->Space = space;
        window->IsWritten = isWritten;
        window->_page = 0;
        window->_memory = null;
    }

    /// <summary>The byte at an address, or null when it cannot be read (or written, if that is wanted).</summary>
    internal static byte* At(GuestBytes* window, ulong address)
    {
        ulong page = address & ~PageMask;
        if (window->_memory == null || window->_page != page)
        {
            window->_page = page;
            window->_memory = Page(window, page);
        }

        return window->_memory == null ? null : window->_memory + (address & PageMask);
    }

    /// <summary>Says why the last address of the window that was asked for is none, as the word that it was typed as.</summary>
    internal static void Refuse(GuestBytes* window, ReadOnlySpan<byte> word)
    {
        if (window->Space == AddressSpace.Host)
        {
            Output.Error(window->IsWritten ? "not memory that may be written:"u8 : "not memory:"u8, word);
        }
        else if (window->IsWritten && Translation.HasHostStage2 && Translation.HostStage2->End == WalkEnd.Mapped)
        {
            Output.Error("this memory is read-only for the guest:"u8, word);
        }
        else
        {
            AddressWord.Explain(word);
        }
    }

    private static byte* Page(GuestBytes* window, ulong page)
    {
        if (window->Space != AddressSpace.Host)
        {
            byte* at = Translation.Run(window->Vcpu, window->Space, page);
            return at != null && Translation.Allows(window->IsWritten) ? at : null;
        }

        bool isMemory = page >= GuestMap.Ram && page < HostMachine.MemoryEnd && !Stacks.IsGuard(page);
        bool isConstant = page >= ImageLayout.TextStart && page < ImageLayout.ConstantsEnd;
        return isMemory && !(isConstant && window->IsWritten) ? (byte*)page : null;
    }
}
