// The step that every walk is made of: what token is here, and where is the next one.

using System;

namespace Nestor.Hal;

public readonly unsafe partial struct DeviceTree
{
    /// <summary>What Step answers where there is no token; no valid token has this number.</summary>
    private const uint NoToken = 0;

    /// <summary>
    /// The token at an offset and the offset behind it. A token that is unknown, misaligned or does not fit into the
    /// blob is NoToken: then next is not behind the offset, and a walk must stop.
    /// </summary>
    private uint Step(uint at, out uint next)
    {
        next = at;
        uint token = (at & 3) == 0 ? Word(at) : NoToken;
        switch (token)
        {
            case DeviceTreeFormat.BeginNode:
                if (!TryText(at + 4, _size, out ReadOnlySpan<byte> name))
                {
                    return NoToken;
                }

                next = DeviceTreeFormat.Align(at + 4 + (uint)name.Length + 1);
                return token;

            case DeviceTreeFormat.Property:
                uint value = at + DeviceTreeFormat.PropertyHeaderSize;
                uint length = Word(at + 4);
                if (value > _size || length > _size - value)
                {
                    return NoToken;
                }

                next = DeviceTreeFormat.Align(value + length);
                return token;

            case DeviceTreeFormat.EndNode:
            case DeviceTreeFormat.Nop:
            case DeviceTreeFormat.End:
                next = at + 4;
                return token;

            default:
                return NoToken;
        }
    }
}
