"""A protoc plugin that gives what grpcio-tools would give.

grpcio-tools has the generator of gRPC stubs built into its own protoc and
offers no plugin, which is what buf calls. This hands the request over.
"""

import pathlib
import subprocess
import sys
import tempfile

from google.protobuf import descriptor_pb2
from google.protobuf.compiler import plugin_pb2


def main() -> None:
    request = plugin_pb2.CodeGeneratorRequest.FromString(sys.stdin.buffer.read())
    wanted = set(request.file_to_generate)
    # A file without a service would give a module with nothing in it.
    services = [f.name for f in request.proto_file if f.name in wanted and f.service]
    files = descriptor_pb2.FileDescriptorSet(file=request.proto_file)
    response = plugin_pb2.CodeGeneratorResponse(
        supported_features=plugin_pb2.CodeGeneratorResponse.FEATURE_PROTO3_OPTIONAL
    )
    if not services:
        sys.stdout.buffer.write(response.SerializeToString())
        return
    with tempfile.TemporaryDirectory() as folder:
        out = pathlib.Path(folder)
        schema = out / "schema.binpb"
        schema.write_bytes(files.SerializeToString())
        subprocess.run(
            [
                sys.executable,
                "-m",
                "grpc_tools.protoc",
                f"--descriptor_set_in={schema}",
                f"--grpc_python_out={out}",
                *services,
            ],
            check=True,
        )
        for path in sorted(out.rglob("*_pb2_grpc.py")):
            response.file.add(
                name=path.relative_to(out).as_posix(), content=path.read_text()
            )
    sys.stdout.buffer.write(response.SerializeToString())


main()
