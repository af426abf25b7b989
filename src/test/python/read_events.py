"""Reads a run's TensorBoard folder with TensorBoard itself and prints what it finds: python read_events.py FOLDER"""

import io
import sys

from PIL import Image
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
from tensorboard.plugins.hparams import metadata

events = EventAccumulator(sys.argv[1], size_guidance={"histograms": 0, "images": 0, "scalars": 0, "tensors": 0}).Reload()
tags = events.Tags()
for tag in tags["scalars"]:
    values = events.Scalars(tag)
    print(f"scalar {tag}: steps {values[0].step} to {values[-1].step}, last {values[-1].value:.4f}")
for tag in tags["histograms"]:
    last = events.Histograms(tag)[-1]
    value = last.histogram_value
    print(f"histogram {tag}: step {last.step}, {value.num:.0f} values, {value.min:.3f} to {value.max:.3f}")
    assert sum(value.bucket) == value.num
for tag in tags["images"]:
    images = events.Images(tag)
    size = Image.open(io.BytesIO(images[-1].encoded_image_string)).size
    print(f"image {tag}: steps {images[0].step} to {images[-1].step}, {size}")
    assert size == (images[-1].width, images[-1].height)
for tag in tags["tensors"]:
    tensors = events.Tensors(tag)
    plugin = events.SummaryMetadata(tag).plugin_data
    print(f"{plugin.plugin_name} {tag}: steps {tensors[0].step} to {tensors[-1].step}")
    if plugin.plugin_name == "hparams":
        start = metadata.parse_session_start_info_plugin_data(plugin.content)
        print("  " + ", ".join(f"{key}={start.hparams[key]}".strip() for key in sorted(start.hparams)))
    elif plugin.plugin_name == "text":
        print(tensors[-1].tensor_proto.string_val[0].decode())
