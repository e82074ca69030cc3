// All memory that nobody has yet. Extents of free memory in a small sorted-by-nothing array: there are few owners (VMs,
// vCPUs, page tables) and they ask for large pieces, so first fit over at most 64 extents is quick and cannot fragment far.

using System.Runtime.CompilerServices;
using Nestor.Hal;

namespace Nestor.Kernel;

/// <summary>The allocator of physical memory. Everything it gives is a multiple of 4 KiB.</summary>
public static unsafe class PageAllocator
{
    /// <summary>Bytes of a page.</summary>
    public const ulong PageSize = 4096;

    private const int MaximumExtents = 64;

    private static SpinLock s_lock;
    private static Extents s_extents;
    private static int s_count;
    private static ulong* s_freePages;
    private static ulong s_used;

    /// <summary>Bytes that Nestor itself holds, guest memory not counted.</summary>
    public static ulong Used => s_used;

    private static ulong* Starts => ((Extents*)Unsafe.AsPointer(ref s_extents))->Start;

    private static ulong* Sizes => ((Extents*)Unsafe.AsPointer(ref s_extents))->Size;

    /// <summary>Adds memory; what is not a whole page is lost.</summary>
    public static void Add(ulong start, ulong end)
    {
        start = (start + PageSize - 1) & ~(PageSize - 1);
        end &= ~(PageSize - 1);
        if (start < end)
        {
            s_lock.Enter();
            Insert(start, end - start);
            s_lock.Exit();
        }
    }

    /// <summary>Takes a range out, wherever it is free: memory that something else already lies in.</summary>
    public static void Reserve(ulong start, ulong end)
    {
        start &= ~(PageSize - 1);
        end = (end + PageSize - 1) & ~(PageSize - 1);
        s_lock.Enter();
        for (int i = s_count - 1; i >= 0; i--)
        {
            ulong low = Starts[i];
            ulong high = low + Sizes[i];
            if (low < end && start < high)
            {
                Remove(i);
                if (low < start)
                {
                    Insert(low, start - low);
                }

                if (end < high)
                {
                    Insert(end, high - end);
                }
            }
        }

        s_lock.Exit();
    }

    /// <summary>Zeroed memory for Nestor itself; null when there is none.</summary>
    /// <param name="size">Bytes, rounded up to pages.</param>
    public static byte* Allocate(ulong size)
    {
        size = (size + PageSize - 1) & ~(PageSize - 1);
        return Own(size == PageSize ? TakePage() : Take(size, PageSize).Pointer, size);
    }

    /// <summary>The same, at a multiple of <paramref name="alignment"/>, a power of two.</summary>
    public static byte* AllocateAligned(ulong size, ulong alignment) => Own(Take(size, alignment).Pointer, size);

    private static byte* Own(byte* at, ulong size)
    {
        if (at == null)
        {
            return null;
        }

        Instructions.ZeroWords(at, size);
        s_lock.Enter();
        s_used += size;
        s_lock.Exit();
        return at;
    }

    // Single pages come and go (shadow page tables): a list of them, filled by the piece, keeps the extents few.
    private static byte* TakePage()
    {
        const ulong Piece = 32 * PageSize;
        s_lock.Enter();
        ulong* page = s_freePages;
        if (page != null)
        {
            s_freePages = (ulong*)*page;
        }

        s_lock.Exit();
        if (page != null)
        {
            return (byte*)page;
        }

        byte* piece = Take(Piece, PageSize).Pointer;
        if (piece == null)
        {
            return Take(PageSize, PageSize).Pointer;
        }

        s_lock.Enter();
        for (ulong offset = PageSize; offset < Piece; offset += PageSize)
        {
            PushPage(piece + offset);
        }

        s_lock.Exit();
        return piece;
    }

    private static void PushPage(byte* page)
    {
        *(ulong**)page = s_freePages;
        s_freePages = (ulong*)page;
    }

    /// <summary>Memory for a guest, as it is: from reset on QEMU's is zero. Pa 0 when there is none.</summary>
    public static Pa AllocateGuest(ulong size, ulong alignment) => Take(size, alignment);

    /// <summary>Gives back what <see cref="Allocate"/> gave.</summary>
    public static void Release(byte* start, ulong size)
    {
        size = (size + PageSize - 1) & ~(PageSize - 1);
        s_lock.Enter();
        s_used -= size;
        if (size == PageSize)
        {
            PushPage(start);
        }
        else
        {
            Insert((ulong)start, size);
        }

        s_lock.Exit();
    }

    // The lowest place that fits: the pieces of the start stay together, and what is large stays whole.
    private static Pa Take(ulong size, ulong alignment)
    {
        s_lock.Enter();
        int best = -1;
        ulong found = 0;
        for (int i = 0; i < s_count; i++)
        {
            ulong low = Starts[i];
            ulong high = low + Sizes[i];
            ulong at = (low + alignment - 1) & ~(alignment - 1);
            if (at >= low && at < high && high - at >= size && (best < 0 || at < found))
            {
                best = i;
                found = at;
            }
        }

        if (best >= 0)
        {
            ulong low = Starts[best];
            ulong high = low + Sizes[best];
            Remove(best);
            if (low < found)
            {
                Insert(low, found - low);
            }

            if (found + size < high)
            {
                Insert(found + size, high - found - size);
            }
        }

        s_lock.Exit();
        return new Pa(found);
    }

    private static void Insert(ulong start, ulong size)
    {
        for (int i = 0; i < s_count; i++)
        {
            if (Starts[i] + Sizes[i] == start)
            {
                start = Starts[i];
                size += Sizes[i];
                Remove(i);
                i = -1;
            }
            else if (start + size == Starts[i])
            {
                size += Sizes[i];
                Remove(i);
                i = -1;
            }
        }

        // Full: the memory is lost rather than anything overwritten.
        if (s_count < MaximumExtents)
        {
            Starts[s_count] = start;
            Sizes[s_count] = size;
            s_count++;
        }
    }

    private static void Remove(int index)
    {
        s_count--;
        Starts[index] = Starts[s_count];
        Sizes[index] = Sizes[s_count];
    }

    private struct Extents
    {
        public fixed ulong Start[MaximumExtents];
        public fixed ulong Size[MaximumExtents];
    }
}
