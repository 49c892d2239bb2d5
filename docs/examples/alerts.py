import sys
from confluent_kafka import Consumer
from confluent_kafka.schema_registry import SchemaRegistryClient
from confluent_kafka.schema_registry.avro import AvroDeserializer

consumer = Consumer({"bootstrap.servers": sys.argv[1], "group.id": "paging-py",
                     "auto.offset.reset": "earliest", "isolation.level": "read_committed"})
decode = AvroDeserializer(SchemaRegistryClient({"url": sys.argv[2]}))
consumer.subscribe(["ct.scan.alerted"])
while True:
    message = consumer.poll(1.0)
    if message is not None and not message.error():
        alert = decode(message.value(), None)
        print(alert["scanId"], alert["alertId"], alert["probability"], alert["receivedAt"], flush=True)
